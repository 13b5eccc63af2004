"""PURE: what each duty and each kind of membership may do; the one table of capabilities."""

from foundation.tenancy.actor import Actor
from participants.enums import Body, Duty, Role
from participants.market_roles import MARKET_ROLES

# Capability -> what membership (one suffices) holds it in an organisation.
MEMBERS = {
    "organisation.read": {"MASTER_ADMIN", "AUTHOR", "DIRECTOR", "DELEGATE"},
    "qad.read": {"MASTER_ADMIN", "AUTHOR", "DIRECTOR", "DELEGATE"},
    "history.read": {"MASTER_ADMIN", "AUTHOR", "DIRECTOR", "DELEGATE"},
    "people.manage": {"MASTER_ADMIN"},
    "qad.open": {"MASTER_ADMIN", "AUTHOR"},
    "answer.write": {"MASTER_ADMIN", "AUTHOR"},
    "qad.submit": {"MASTER_ADMIN", "AUTHOR"},
    "thread.respond": {"MASTER_ADMIN", "AUTHOR"},
    "plan.propose": {"MASTER_ADMIN", "AUTHOR"},
    "report.upload": {"MASTER_ADMIN", "AUTHOR"},
    "reopen.request": {"MASTER_ADMIN", "AUTHOR"},
    "assertion.make": {"MASTER_ADMIN", "DIRECTOR"},
    "undertaking.give": {"DIRECTOR"},
    "letter.sign": {"DIRECTOR"},
    "appeal.lodge": {"MASTER_ADMIN", "DIRECTOR"},
    "qad.sign": {"DIRECTOR", "DELEGATE"},
    "exemption.request": {"MASTER_ADMIN", "AUTHOR"},
    "pre_qualification.write": {"MASTER_ADMIN", "AUTHOR"},
    "place.request": {"MASTER_ADMIN"},
    "qualification.withdraw": {"MASTER_ADMIN"},
    "reliance.write": {"MASTER_ADMIN", "AUTHOR"},
    "testing.write": {"MASTER_ADMIN", "AUTHOR"},
}
# What a person limited to single sections cannot do for the whole organisation.
NOT_WHEN_LIMITED = {
    *("qad.submit", "report.upload", "reopen.request"),
    *("exemption.request", "pre_qualification.write", "reliance.write", "testing.write"),
}

_REVIEWING = {Duty.REVIEWER, Duty.LEAD}
_CODE_BODIES = {Body.BSC, Body.REC}
_REVIEWERS = {Body.BSC, Body.REC, Body.DIP}
_READING = {Duty.REVIEWER, Duty.LEAD, Duty.DECISION_MAKER, Duty.PAB_SECRETARY}
_PLANNING = {Duty.LEAD, Duty.PLANNER}
_EVERYONE = set(Body)
_REPORTING = _PLANNING | {
    *(Duty.MCC_READER, Duty.TEST_MANAGER, Duty.PAB_SECRETARY, Duty.DECISION_MAKER)
}

# Capability -> (bodies, duties): a staff account needs one of each.
STAFF = {
    "organisation.read": (_EVERYONE, set(Duty)),
    "organisation.create": (_CODE_BODIES, {Duty.LEAD, Duty.ADMINISTRATOR}),
    "qualification.create": (_CODE_BODIES, {Duty.LEAD, Duty.ADMINISTRATOR}),
    "qualification.withdraw": (_CODE_BODIES, {Duty.LEAD, Duty.ADMINISTRATOR}),
    "pre_qualification.accept": (_CODE_BODIES, {Duty.LEAD, Duty.REVIEWER, Duty.ADMINISTRATOR}),
    "admin.invite": (_CODE_BODIES, {Duty.LEAD, Duty.ADMINISTRATOR}),
    "qad.read": (_REVIEWERS, _READING),  # what was submitted; the Programme reads none (R11)
    "history.read": (_EVERYONE, _READING | {Duty.TEST_MANAGER, Duty.ADMINISTRATOR}),
    "file.read": (_EVERYONE, _READING | {Duty.TEST_MANAGER}),
    "qad.review": (_REVIEWERS, _REVIEWING),
    "thread.raise": (_REVIEWERS, _REVIEWING),
    "draft.release": (_REVIEWERS, {Duty.LEAD}),
    "conflict.declare": (_REVIEWERS, _READING),
    "wording.write": (_REVIEWERS, {Duty.LEAD}),
    "reader.assign": (_REVIEWERS, {Duty.LEAD}),
    "thread.settle": (_REVIEWERS, _REVIEWING),
    "plan.agree": (_REVIEWERS, _REVIEWING),
    "review.complete": (_REVIEWERS, _REVIEWING),
    "part.approve": (_REVIEWERS, {Duty.LEAD}),
    "reopen.decide": (_REVIEWERS, {Duty.LEAD}),
    "final.open": (_CODE_BODIES, {Duty.LEAD}),
    "report.upload": ({Body.BSC, Body.REC, Body.DIP, Body.MHHSP}, {Duty.TEST_MANAGER}),
    "report.confirm": ({Body.BSC, Body.REC, Body.DIP, Body.MHHSP}, {Duty.TEST_MANAGER}),
    "dip_user.confirm": ({Body.DIP}, {Duty.LEAD, Duty.DECISION_MAKER}),
    "accession.record": (_REVIEWERS, {Duty.LEAD, Duty.ADMINISTRATOR}),
    "paper.record": (_CODE_BODIES, {Duty.LEAD, Duty.ADMINISTRATOR}),
    "letter.draft": ({Body.REC}, {Duty.LEAD, Duty.REVIEWER}),
    "letter.accept": ({Body.REC}, {Duty.LEAD}),
    "pack.read": (
        _CODE_BODIES,
        {Duty.REVIEWER, Duty.LEAD, Duty.PAB_SECRETARY, Duty.DECISION_MAKER},
    ),
    "pack.build": (_CODE_BODIES, {Duty.PAB_SECRETARY, Duty.DECISION_MAKER, Duty.LEAD}),
    "decision.record.bsc": ({Body.BSC}, {Duty.PAB_SECRETARY}),
    "decision.record.rec": ({Body.REC}, {Duty.DECISION_MAKER}),
    "exemption.read": (_REVIEWERS, _READING),
    "exemption.check": (_REVIEWERS, _REVIEWING),
    "exemption.decide": (_CODE_BODIES, {Duty.PAB_SECRETARY, Duty.DECISION_MAKER}),
    "exemption.breach": ({Body.BSC}, {Duty.PAB_SECRETARY}),
    "meeting.read": (
        {Body.BSC},
        {Duty.REVIEWER, Duty.LEAD, Duty.PAB_SECRETARY, Duty.DECISION_MAKER},
    ),
    "meeting.plan": ({Body.BSC}, {Duty.PAB_SECRETARY}),
    "timetable.read": (_EVERYONE, set(Duty)),
    "timetable.draft": (_CODE_BODIES, {Duty.PLANNER, Duty.ADMINISTRATOR}),
    "timetable.publish": (_CODE_BODIES, {Duty.PLANNER, Duty.ADMINISTRATOR}),
    "clock.read": (_EVERYONE, set(Duty)),
    "clock.pause": (_REVIEWERS, _REVIEWING),
    "clock.extend": (_REVIEWERS, {Duty.LEAD}),
    "pre_qualification.write": (_CODE_BODIES, {Duty.LEAD, Duty.REVIEWER, Duty.ADMINISTRATOR}),
    "place.read": (_EVERYONE, _PLANNING | {Duty.MCC_READER, Duty.TEST_MANAGER}),
    "place.plan": (_CODE_BODIES, _PLANNING),
    "place.judge": (_CODE_BODIES, _PLANNING),
    "route.change": (_CODE_BODIES, _PLANNING),
    "reliance.read": (_EVERYONE, _PLANNING | {Duty.REVIEWER, Duty.TEST_MANAGER}),
    "reliance.decide": (_EVERYONE, {Duty.LEAD}),
    "reliance.link": (_CODE_BODIES, _PLANNING),
    "testing.assure": (_EVERYONE, {Duty.TEST_MANAGER}),
    "testing.agree": (_REVIEWERS, {Duty.LEAD}),
    "reports.read": (_EVERYONE, _PLANNING | {Duty.MCC_READER, Duty.TEST_MANAGER}),
    "reports.caseload": (_REVIEWERS, _PLANNING | {Duty.PAB_SECRETARY, Duty.DECISION_MAKER}),
    "reports.open": (_EVERYONE, _REPORTING),  # the catalogue; each report names its own readers
    "reports.issue": (_REVIEWERS, _PLANNING),
    "risk.report": (_REVIEWERS, _PLANNING | {Duty.TEST_MANAGER}),
    "risk.escalate": ({Body.MHHSP}, _PLANNING | {Duty.TEST_MANAGER, Duty.MCC_READER}),
    "reference.import": (_CODE_BODIES, {Duty.ADMINISTRATOR}),
    "portal.time": (_EVERYONE, {Duty.ADMINISTRATOR}),
    "audit.read": (_EVERYONE, {Duty.ADMINISTRATOR, Duty.LEAD}),
    "staff.manage": (_EVERYONE, {Duty.ADMINISTRATOR}),
}


def holds(actor: Actor, capability: str) -> bool:
    """Return whether the actor's duties or membership hold a capability at all."""
    if actor.is_system:
        return True
    if actor.is_participant:
        if "LIMITED" in actor.duties and capability in NOT_WHEN_LIMITED:
            return False
        return bool(MEMBERS.get(capability, set()) & actor.duties)
    bodies, duties = STAFF.get(capability, (set(), set()))
    return actor.body in bodies and bool(duties & actor.duties)


def governs(body: str, role: str) -> bool:
    """Return whether a body has to do with a market role; the Programme reads all (R7, R8, R13)."""
    return body == Body.MHHSP or body in MARKET_ROLES[role].bodies


def governed_roles(body: str) -> tuple[str, ...]:
    """Return the market roles that a body has to do with."""
    return tuple(role for role in Role.values if governs(body, role))


def roles_in_reach(actor: Actor) -> tuple[str, ...]:
    """Return the market roles that a staff account has to do with.

    A test manager assures the tests of every role, whichever body employs them (QA&P 10.5.2, 10.7).
    """
    return tuple(Role.values) if Duty.TEST_MANAGER in actor.duties else governed_roles(actor.body)


# What a test manager does in every role; for anything else it belongs to its body like the others.
OF_TESTING = {
    *("organisation.read", "timetable.read", "report.upload", "report.confirm"),
    *("testing.assure", "reliance.read", "risk.report", "risk.escalate"),
}


def within_reach(actor: Actor, capability: str, role: str) -> bool:
    """Return whether a staff account may use a capability in a market role (R7, R13)."""
    reach = roles_in_reach(actor) if capability in OF_TESTING else governed_roles(actor.body)
    return role in reach
