"""The PostgreSQL roles: a login without right to tenant tables, and one role a class of actor."""

from foundation.tenancy.actor import ActorKind

LOGIN = "portal_app"
PARTICIPANT = "portal_participant"
REVIEWER = "portal_reviewer"
SYSTEM = "portal_system"
GATE = "portal_gate"

ROLE_OF = {
    ActorKind.PARTICIPANT: PARTICIPANT,
    ActorKind.REVIEWER: REVIEWER,
    ActorKind.SYSTEM: SYSTEM,
    ActorKind.GATE: GATE,
}
CLASS_ROLES = tuple(ROLE_OF.values())
ALL_ROLES = (LOGIN, *CLASS_ROLES)
