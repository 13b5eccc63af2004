"""PURE: how an organisation comes in: registered, its people invited, its qualifications opened."""

from collections.abc import Iterator
from datetime import date, timedelta

from participants.market_roles import MARKET_ROLES, TRIO
from qadportal.demo.corpus import Organisation, Qualification
from qadportal.demo.script.acts import Act, act, working_day
from waves.routes import ROUTES
from waves.timetable import Timetable

STEPS = ("pit_rttm", "qt_entry_checkpoint_1")  # which people record; the portal sees the rest
ON_TRACK = 0.4  # a draft that is fuller than this belongs to somebody who keeps dates


def beginnings(own: Organisation) -> Iterator[Act]:
    """Yield the founding of an organisation and the coming of its people."""
    day = own.created_on
    yield act("found", day, who=own.created_by_body)
    if own.pqs:
        yield act("record_pqs", day, who=own.created_by_body)
    for each in leading(own):
        opened = max(each.created_on, day)
        yield act("add_qualification", opened, each.key, code_body(own, each))
    yield act("invite_admin", day, who=own.created_by_body)
    yield act("come_in", day + timedelta(days=1), who=own.admin.name)
    later = sorted({max(q.created_on, day) for q in own.qualification} - {day})
    for opened in later:
        yield act("limit_authors", opened, who=own.admin.name)
    for each in leading(own):
        if each.moved:
            yield act("change_route", each.moved.on, each.key, code_body(own, each))


def leading(own: Organisation) -> list[Qualification]:
    """Return the qualifications that are opened by themselves: of the trio the LDSO alone."""
    return [each for each in own.qualification if each.role not in TRIO or each.role == "LDSO"]


def code_body(own: Organisation, each: Qualification) -> str:
    """Return the code body that opens a qualification: it has to govern the role."""
    deciding = MARKET_ROLES[each.role].deciding_bodies
    return own.created_by_body if own.created_by_body in deciding else deciding[0]


def testing(own: Organisation, timetable: Timetable, until: date) -> Iterator[Act]:
    """Yield what the test managers see to: PIT reports, steps towards QT, completion reports."""
    for each in leading(own):
        if each.paper:
            continue
        yield from _pit(each, timetable)
        yield from _steps(own, each, timetable, until)
        report = each.report
        if report:
            yield act("receive_report", report.received_on, each.key, report.supplied_by)
            if report.work_off_agreed_on:
                yield act("agree_work_off", report.work_off_agreed_on, each.key)


def _pit(each: Qualification, timetable: Timetable) -> Iterator[Act]:
    """A PIT report before checkpoint 2, and the word that it is enough (R60, R62)."""
    if each.initial_submitted is None:
        return
    road = ROUTES[each.route]
    if road.is_wave:
        due = timetable.cell("qt_entry_checkpoint_2", each.route).last_day
        received = [max(each.created_on + timedelta(days=7), working_day(due - timedelta(days=4)))]
    else:
        received = [working_day(each.created_on + timedelta(days=15))]
    if road.kind == "LDSO":
        received.append(timetable.cell("qt_entry_checkpoint_2_second", each.route).last_day)
    supplier = "MHHSP" if road.kind == "SIT" else ""
    for number, day in enumerate(received):
        yield act("receive_report", day, each.key, supplier, minutes=number, kind="PIT")
    if each.qt_entry_confirmed and road.is_wave:
        confirmed = working_day(received[0] + timedelta(days=24))
        yield act("confirm_pit", confirmed, each.key, "QTM")


def _steps(
    own: Organisation, each: Qualification, timetable: Timetable, until: date
) -> Iterator[Act]:
    if not ROUTES[each.route].is_wave or each.fill < ON_TRACK or each.stage == "NOT_OPENED":
        return
    opened = max(own.created_on, each.created_on, each.moved.on if each.moved else own.created_on)
    for key in STEPS:
        due = timetable.cell(key, each.route).last_day
        day = max(opened, due - timedelta(days=2))
        if day > due or day >= until:
            continue
        yield act("take_step", day, each.key, "QTM", activity=key)
