"""PURE: which Pre-Qualification Submissions are written, handed in, returned and accepted."""

from collections.abc import Iterator
from datetime import date

from qadportal.demo.corpus import Organisation
from qadportal.demo.script.acts import Act, act

_PLAN = {
    "pit_approach": "One cycle of functional tests, then interfaces, then operations.",
    "pit_timescales": "Eight weeks; the interface tests wait for the simulator.",
    "reliance": "On nobody.",
    "mpids_not_taken_forward": "None.",
    "legacy_readiness": "Registers reconciled in September; two meter types are open.",
}

# Organisation -> day, what is done, and what is written or said with it.
STORY: dict[str, tuple[tuple[date, str, dict], ...]] = {
    "gorsefell": (
        (
            date(2025, 11, 13),
            "write",
            {
                "preferred_route": "QT_WAVE_2",
                "key_contact_name": "Annika Royle",
                "key_contact_email": "annika.royle@gorsefell.example",
                "pit_approach": _PLAN["pit_approach"],
            },
        ),
    ),
    "hollin-bridge": (
        (
            date(2025, 11, 12),
            "write",
            {**_PLAN, "preferences": {"SDS": "QT_WAVE_3"}},
        ),
        (date(2025, 11, 12), "submit", {}),
    ),
    "penhallow": (
        (date(2025, 11, 10), "write", {**_PLAN, "target_migration_on": date(2026, 11, 2)}),
        (date(2025, 11, 10), "submit", {}),
        (
            date(2025, 11, 13),
            "give_back",
            {"because": "The billing release and PIT overlap. Say which weeks PIT takes."},
        ),
    ),
    "tarn": (
        (date(2025, 10, 20), "write", {**_PLAN, "preferred_route": "QT_WAVE_3"}),
        (date(2025, 10, 20), "submit", {}),
        (date(2025, 10, 29), "accept", {}),
    ),
}
_LATER = {"write": 0, "submit": 20, "give_back": 40, "accept": 40}


def joining(own: Organisation) -> Iterator[Act]:
    """Yield what is done about the submission of an organisation after it came in."""
    for day, how, said in STORY.get(own.slug, ()):
        yield act("pre_qualify", day, minutes=_LATER[how], how=how, said=said)
