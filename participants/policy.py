"""Who may: a capability and what it is asked for; reasons in words, or Denied."""

from foundation.errors import Denied
from foundation.tenancy.actor import Actor
from participants.market_roles import MARKET_ROLES
from participants.roles import holds, within_reach

_WHO = {
    "people.manage": "Only a master admin of the organisation may do this.",
    "qad.sign": "Only a company director, or a delegate with an accepted letter, may sign.",
    "appeal.lodge": "Only a director or a master admin of the organisation records its appeal.",
    "undertaking.give": "Only a company director gives this undertaking (QA&P 11.4.2).",
    "draft.release": "Only a lead reviewer of the body sends its drafts.",
    "wording.write": "Only a lead reviewer of the body writes its standard wordings.",
    "reader.assign": "Only a lead reviewer of the body shares out its reading.",
    "part.approve": "Only a lead reviewer of the body may give its approval.",
    "meeting.plan": "Only the PAB secretary of the BSC plans its meetings.",
    "exemption.breach": "Only the PAB secretary of the BSC records what the BSC PAB did.",
    "decision.record.bsc": "Only the PAB secretary of the BSC records a BSC PAB decision.",
    "decision.record.rec": "Only the REC Code Manager's decision maker records this decision.",
}


def require(actor: Actor, capability: str, subject: object = None) -> None:
    """Raise Denied unless the actor holds the capability, and for this subject.

    A participant acts in its own organisation only (R1); a body on roles it governs (R7, R13).
    """
    if actor.is_system:
        return
    if not holds(actor, capability):
        raise Denied(_WHO.get(capability, "Your account does not have this right."))
    if actor.is_participant and _belongs_elsewhere(actor, subject):
        raise Denied("This belongs to another organisation.")
    role = getattr(subject, "role", None)
    if actor.is_staff and role and not within_reach(actor, capability, role):
        raise Denied(f"{MARKET_ROLES[role].label} is not governed by {actor.body}.")


def may(actor: Actor, capability: str, subject: object = None) -> bool:
    """Return whether ``require`` would let the actor through."""
    try:
        require(actor, capability, subject)
    except Denied:
        return False
    return True


def _belongs_elsewhere(actor: Actor, subject: object) -> bool:
    owner = getattr(subject, "organisation_id", None)
    return owner is not None and owner != actor.organisation_id
