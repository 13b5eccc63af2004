"""PURE: what a Pre-Qualification Submission says, what it lacks, how two texts of it differ (R29).

Content is plain data: words, ISO days, and ``preferences`` as market role -> wave.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from foundation.clock.words import day
from participants.market_roles import MARKET_ROLES
from waves.routes import ROUTES

Content = Mapping[str, Any]

LABELS = {
    "preferred_route": "Preferred wave",
    "preferences": "Other waves for single roles",
    "key_contact_name": "Key contact",
    "key_contact_email": "E-mail of the key contact",
    "pit_approach": "PIT approach",
    "pit_timescales": "When PIT is complete, in words",
    "pit_complete_on": "PIT complete on",
    "target_migration_on": "Target date of migration",
    "reliance": "Reliance on others' testing",
    "mpids_not_taken_forward": "MPIDs not taken forward",
    "legacy_readiness": "Readiness of the legacy arrangements",
}
FIELDS = tuple(LABELS)
LEGACY = "legacy_readiness"  # kept apart: no part of the MHHS assessment (R30, QA&P 7.3.2)
DAYS = ("pit_complete_on", "target_migration_on")
PROSE = (
    *("pit_approach", "pit_timescales", "reliance", "mpids_not_taken_forward"),
    LEGACY,
)
LONGEST = 8000  # characters of one field of prose
LINES = {"key_contact_name": 200, "key_contact_email": 254}

_ASKED = {
    "preferred_route": "Choose the wave that you prefer.",
    "key_contact_name": "Give the name of the key contact.",
    "key_contact_email": "Give the e-mail address of the key contact.",
    "pit_approach": "Say how you approach PIT.",
    "pit_timescales": "Say when PIT is complete, and what that depends on.",
    "target_migration_on": "Give the date on which you aim to start migration.",
    "reliance": "Say on whose testing you rely and for what, or that you rely on nobody.",
    "mpids_not_taken_forward": "Name the MPIDs that you do not take forward, or say none.",
}
_ASKED_LEGACY = "Say how ready the legacy arrangements are; new entrants leave this out."

YOURS, THEIRS, BOTH, CHOICE = "yours", "theirs", "both", "choice"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that two contents have otherwise, in words."""

    field: str
    before: str
    after: str

    @property
    def label(self) -> str:
        """How the field is called."""
        return LABELS[self.field]


@dataclass(frozen=True, slots=True)
class Meeting:
    """One field in which two saves met: whose text stands, or that somebody has to choose."""

    field: str
    kind: str
    base: Any
    theirs: Any
    yours: Any


def content_of(submission: Any) -> dict[str, Any]:
    """Return what a submission says as plain data."""
    return {name: plain(getattr(submission, name)) for name in FIELDS}


def plain(value: Any) -> Any:
    """Return a value as it is kept: a day as ISO text, nothing as empty text."""
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else value


def objections(content: Content, *, is_existing: bool) -> dict[str, str]:
    """Return what is missing before it can be handed in, by field (R29).

    Only who was active before the migration is asked about legacy arrangements (R30).
    """
    asked = {**_ASKED, **({LEGACY: _ASKED_LEGACY} if is_existing else {})}
    return {name: said for name, said in asked.items() if not str(content[name]).strip()}


def misfits(said: Content) -> dict[str, str]:
    """Return what no submission can say, by field: it belongs to the waves alone (R27)."""
    found = {}
    if (route := said.get("preferred_route")) and not is_wave(route):
        found["preferred_route"] = "Only the waves have a Pre-Qualification Submission (QA&P 4.2)."
    for role, wave in (said.get("preferences") or {}).items():
        if role not in MARKET_ROLES or not is_wave(wave):
            found["preferences"] = "Give a market role and one of the four waves."
    for name, most in {**dict.fromkeys(PROSE, LONGEST), **LINES}.items():
        if len(said.get(name) or "") > most:
            found[name] = f"This is longer than {most} characters."
    email = said.get("key_contact_email") or ""
    if email and ("@" not in email.strip("@") or len(email.split()) > 1):
        found["key_contact_email"] = "Give an e-mail address, such as name@example.org."
    return found


def taken(data: Any) -> dict[str, Any]:
    """Return content that came back from a page as fields to save; what does not fit is left."""
    found: dict[str, Any] = {}
    for name, value in data.items() if isinstance(data, dict) else ():
        if name in DAYS and isinstance(value, str):
            found[name] = _day(value)
        elif name == "preferences" and isinstance(value, dict):
            found[name] = {str(role): str(wave) for role, wave in value.items()}
        elif name in FIELDS and name not in (*DAYS, "preferences") and isinstance(value, str):
            found[name] = value.replace("\x00", "")
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def is_wave(route: Any) -> bool:
    """Return whether a route is one that asks for a Pre-Qualification Submission (R27)."""
    return isinstance(route, str) and route in ROUTES and ROUTES[route].pqs_required


def differences(
    before: Content, after: Content, *, reads_legacy: bool = True
) -> tuple[Difference, ...]:
    """Return the fields that changed, in the order of the form."""
    return tuple(
        Difference(name, words(name, before.get(name, "")), words(name, after.get(name, "")))
        for name in FIELDS
        if before.get(name, "") != after.get(name, "") and (reads_legacy or name != LEGACY)
    )


def meetings(base: Content, theirs: Content, yours: Content) -> tuple[Meeting, ...]:
    """Return where two saves that began from one text met, field by field."""
    found = []
    for name in FIELDS:
        was, their, your = (side.get(name, "") for side in (base, theirs, yours))
        if their == was == your:
            continue
        kind = BOTH if their == your else THEIRS if your == was else YOURS
        if kind == YOURS and their != was:
            kind = CHOICE
        found.append(Meeting(name, kind, was, their, your))
    return tuple(found)


def merged(met: Sequence[Meeting], choices: Mapping[str, str]) -> dict[str, Any] | None:
    """Return the fields as they are saved after the choices; None while one is open."""
    kinds = {
        each.field: choices.get(each.field, CHOICE) if each.kind == CHOICE else each.kind
        for each in met
    }
    if CHOICE in kinds.values():
        return None
    return {each.field: each.yours if kinds[each.field] == YOURS else each.theirs for each in met}


def words(name: str, value: Any) -> str:
    """Return a value of a field as people read it."""
    if not value:
        return ""
    if name == "preferred_route":
        return ROUTES[value].label if value in ROUTES else str(value)
    if name == "preferences":
        return ", ".join(
            f"{MARKET_ROLES[role].short_label}: {ROUTES[wave].short_label}"
            for role, wave in sorted(value.items())
        )
    if name in DAYS:
        return day(date.fromisoformat(value))
    return str(value)


def left_behind(content: Content, codes: Sequence[str]) -> tuple[str, ...]:
    """Return the MPIDs that a submission names as not taken forward (R134)."""
    named = content.get("mpids_not_taken_forward", "").upper()
    pieces = {"".join(c for c in piece if c.isalnum()) for piece in named.split()}
    return tuple(code for code in codes if code in pieces)
