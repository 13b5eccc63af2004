"""PURE: when the QAD is written, submitted, made Final and reopened."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from participants.market_roles import TRIO
from qadportal.demo.corpus import ORGANISATION_PART, Organisation, Qualification
from qadportal.demo.script.acts import Act, act, working_day
from qadportal.demo.script.beginnings import leading
from waves.routes import ROUTES
from waves.timetable import Timetable

LONGEST = timedelta(days=42)  # nobody writes for longer than six weeks before handing in


def group(own: Organisation, each: Qualification) -> list[Qualification]:
    """Return what is submitted together: the trio, or the one alone."""
    if each.role not in TRIO:
        return [each]
    return [other for other in own.qualification if other.role in TRIO]


def submissions(
    own: Organisation, sections: Mapping[str, str], timetable: Timetable, today: date
) -> Iterator[Act]:
    """Yield the acts of the participant's side; ``sections`` says in which scopes each lies."""
    written: set[str] = set()
    for each in sorted(leading(own), key=lambda q: q.initial_submitted or date.max):
        if each.stage == "NOT_OPENED" or each.paper:
            continue
        end = each.initial_submitted or today
        begin = max(max(own.created_on, each.created_on) + timedelta(days=3), end - LONGEST)
        keys = [member.key for member in group(own, each)]
        if ORGANISATION_PART not in written:
            keys.insert(0, ORGANISATION_PART)
            written.add(ORGANISATION_PART)
        begin = working_day(begin + timedelta(days=2))
        yield from _writing(keys, sections, begin, end - timedelta(days=1), each)
        for letter, day in each.sections_submitted.items():
            for key in keys:
                if _scope(key) in sections[letter]:
                    yield act("submit_section", day, key, section=letter)
        if each.initial_submitted:
            yield act("submit_initial", each.initial_submitted, each.key)
        yield from _final(own, each, sections, timetable, today)


def _final(
    own: Organisation,
    each: Qualification,
    sections: Mapping[str, str],
    timetable: Timetable,
    today: date,
) -> Iterator[Act]:
    if each.final_opened is None:
        return
    yield act("open_final", each.final_opened, each.key, _opener(each, timetable))
    end = each.final_submitted or today
    keys = [ORGANISATION_PART, *(member.key for member in group(own, each))]
    yield from _writing(keys, sections, each.final_opened, end - timedelta(days=1), each)
    if each.final_submitted:
        yield act("submit_final", each.final_submitted, each.key)


def _opener(each: Qualification, timetable: Timetable) -> str:
    """On a SIT route before the report and before the window a code body opens it (R85)."""
    start = timetable.cell("final_qad_window", each.route).start
    in_time = each.report and each.report.received_on <= each.final_opened
    may_follow = ROUTES[each.route].final_before_report
    return "BSC" if may_follow and not in_time and each.final_opened < start else ""


def _writing(
    keys: list[str],
    sections: Mapping[str, str],
    begin: date,
    end: date,
    each: Qualification,
) -> Iterator[Act]:
    """Spread the sections of some parts over the days, in order."""
    places = [
        (letter, key)
        for letter, scopes in sections.items()
        for key in keys
        if _scope(key) in scopes
    ]
    begin = min(begin, end)
    days = (end - begin).days
    for number, (letter, key) in enumerate(places):
        submitted = each.sections_submitted.get(letter)
        day = begin + timedelta(days=days * number // max(1, len(places) - 1))
        if submitted:
            day = min(day, submitted - timedelta(days=1))
        day = max(begin, working_day(day))
        stop = each.fill < 1 and not submitted and number >= each.fill * len(places)
        if not stop:
            yield act("write", day, key, minutes=11 * (number % 20), section=letter)


def _scope(key: str) -> str:
    return "ORGANISATION" if key == ORGANISATION_PART else "ROLE"


def reopenings(own: Organisation) -> Iterator[Act]:
    """Yield requests to reopen, their answers, and the resubmissions."""
    for each in own.qualification:
        asked = each.reopening
        if asked is None:
            continue
        yield act("request_reopening", asked.requested_on, each.key, asked.by)
        yield act("decide_reopening", asked.decided_on, each.key, asked.body)
        if asked.resubmitted_on:
            before = asked.resubmitted_on - timedelta(days=1)
            yield act("change_reopened", before, each.key)
            yield act("resubmit", asked.resubmitted_on, each.key)
