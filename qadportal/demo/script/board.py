"""PURE: how places in the waves were given, and what is asked, offered and proposed by now."""

from collections.abc import Iterator
from datetime import date

from qadportal.demo.corpus import Organisation
from qadportal.demo.script.acts import Act, act
from qadportal.demo.script.beginnings import leading
from waves.routes import ROUTES

# Who has no allocated place yet: one is only indicated, one still only asks.
INDICATED = {("newhaze", "SUPPLIER"), ("pentreath", "SUPPLIER")}
ASKS = {("lochard", "LDSO"): "QT_WAVE_3"}

# Organisation and role -> day, act of waves.place_acts, and what was said with it.
STORY: dict[tuple[str, str], tuple[tuple[date, str, dict], ...]] = {
    ("gorsefell", "SUPPLIER"): (
        (
            date(2025, 11, 6),
            "earlier",
            {"route": "QT_WAVE_2", "because": "Our provider delivered a month early."},
        ),
    ),
    ("tarn", "UMSDS"): (
        (
            date(2025, 10, 28),
            "earlier",
            {"route": "QT_WAVE_3", "because": "Two of our clients test in wave 3."},
        ),
    ),
    ("hollin-bridge", "SDS"): (
        (
            date(2025, 10, 21),
            "earlier",
            {"route": "QT_WAVE_3", "because": "We finish PIT in December."},
        ),
        (
            date(2025, 11, 14),
            "offer",
            {
                "until": date(2025, 11, 28),
                "because": "Chosen because your test data is ready.",
            },
        ),
    ),
    ("penhallow", "SUPPLIER"): (
        (
            date(2025, 11, 12),
            "later",
            {"route": "QT_WAVE_4", "because": "Our billing release moves to February."},
        ),
    ),
    ("sallowfield", "MEM_SMART"): (
        (
            date(2025, 11, 11),
            "after",
            {"because": "We may leave smart metering; the board decides in January."},
        ),
    ),
    ("fennmoor", "MEM_SMART"): (
        (
            date(2025, 11, 10),
            "judge",
            {
                "checkpoint": 1,
                "judgement": "AMBER",
                "because": "The test plan is in draft and names no dates for migration tests.",
            },
        ),
    ),
    ("marram", "SUPPLIER"): (
        (
            date(2025, 11, 13),
            "judge",
            {
                "checkpoint": 1,
                "judgement": "RED",
                "because": "No test plan yet, and PIT has not begun.",
            },
        ),
        (
            date(2025, 11, 14),
            "remark",
            {"text": "Speak with them before anything is proposed.", "is_shared": False},
        ),
    ),
    ("oldwater", "SUPPLIER"): (
        (
            date(2025, 11, 3),
            "propose",
            {"route": "QT_WAVE_3", "because": "Wave 2 is over its reviewer-weeks."},
        ),
        (
            date(2025, 11, 10),
            "engage",
            {
                "text": "Imogen Sallis spoke with Oldwater Heath on 10 November. They can move if"
                " their test slots stay in one block."
            },
        ),
    ),
    ("brackwater", "ADS"): (
        (
            date(2025, 11, 13),
            "propose",
            {"route": "QT_WAVE_3", "because": "Its PIT overlaps with that of its SDS role."},
        ),
    ),
}


def places(own: Organisation) -> Iterator[Act]:
    """Yield how each place was given, and what happened to it since."""
    for each in leading(own):
        if not ROUTES[each.route].is_wave:
            continue
        key, opened = (own.slug, each.role), max(own.created_on, each.created_on)
        given = max(opened, each.moved.on) if each.moved else opened
        how = "indicate" if key in INDICATED else "allocate"
        if key not in ASKS:
            yield act("give_place", given, each.key, how=how, minutes=70 if each.moved else 0)
        if key in ASKS:
            said = {"route": ASKS[key], "because": "Our sites come over in the summer."}
            yield act("plan_place", date(2025, 11, 7), each.key, how="wish", said=said)
        for day, how, said in STORY.get(key, ()):
            if day > given:
                yield act("plan_place", day, each.key, how=how, said=said)
