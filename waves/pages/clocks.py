"""The desk's clocks: what is overdue or at risk, a body's weeks, and one clock with its history."""

from collections.abc import Sequence
from datetime import date

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import day, days, short_day
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Empty, Fact, Pagination, Tab
from foundation.ui.pages import Column, FormPage, Head, ListPage, Row, Table
from foundation.ui.parts import Bare, Clock, DateLink, Lines, Link, Mark, Quiet, Status, Words
from participants import policy
from participants.market_roles import MARKET_ROLES
from participants.pages.general import Section, SectionsPage
from waves import clocks
from waves.enums import ObligationState
from waves.models import Obligation
from waves.queries.clocks import SOON, WeekLoad
from waves.routes import ROUTES
from waves.services.holding import clock_of

VIEWS = {
    "overdue": "Overdue",
    "risk": "Due within a week",
    "paused": "Paused",
    "all": "All that run",
}
_TICKS = {
    clocks.Tick.ELAPSED: "e",
    clocks.Tick.PAUSED: "p",
    clocks.Tick.TODAY: "t",
    clocks.Tick.LEFT: "l",
    clocks.Tick.OVER: "o",
    clocks.Tick.UNUSED: "l",
}
_EMPTY = {
    "overdue": ("No clock is overdue", "Every body is within its time."),
    "risk": ("Nothing is due within a week", "The next clocks end later."),
    "paused": ("No clock is paused", "No body waits for a participant."),
    "all": ("No clock runs", "A clock starts when a participant submits."),
}
_SPANS = {
    clocks.SpanKind.RUNNING: "Ran",
    clocks.SpanKind.PAUSED: "Paused",
    clocks.SpanKind.EXTENDED: "Extended",
}


def list_page(
    rows: Sequence[Obligation],
    *,
    view: str,
    counts: dict[str, int],
    pagination: Pagination | None,
    today: date,
) -> ListPage:
    """Return the clocks of one view."""
    title, text = _EMPTY[view]
    return ListPage(
        head=Head(
            title="Review clocks",
            lead="Six weeks for an Initial, four for a Final, or the cap (QA&P 10.2, Appendix C)."
            " A pause or an extension moves the effective date; the promised one stays beside it.",
            actions=[Action(text="Load by week", url=reverse("waves:clock_load"))],
        ),
        tabs=[
            Tab(
                label=label,
                url=f"{reverse('waves:clocks')}?view={key}",
                current=key == view,
                count=counts[key],
            )
            for key, label in VIEWS.items()
        ],
        table=Table(
            caption=VIEWS[view],
            columns=[
                Column(label="Organisation"),
                Column(label="Body"),
                Column(label="Duty"),
                Column(label="Clock"),
                Column(label="Promised", whole=True),
                Column(label="Effective", whole=True),
                Column(label="State"),
            ],
            rows=[_row(row, today) for row in rows],
            compact=True,
        )
        if rows
        else None,
        empty=None if rows else Empty(title=title, text=text),
        pagination=pagination,
    )


def clock_page(row: Obligation, *, actor: Actor, today: date) -> SectionsPage:
    """Return one clock: both readings, its history, and what its body may do with it."""
    clock, held = clock_of(row), row.qualification
    read = clocks.reading(clock, today)
    role = MARKET_ROLES[held.role].short_label
    return SectionsPage(
        head=Head(
            title=f"{row.label}: {clocks.in_words(read)}",
            kicker=state_of(row, today),
            lead=f"{held.organisation.name}, {role}, {ROUTES[held.route].short_label}, {row.body}",
            crumbs=[Link("Review clocks", reverse("waves:clocks")), Link(row.label)],
        ),
        facts=[
            Fact(label="Promised", value=_date(row, row.due_on), note=_gap(row.due_on, today)),
            Fact(
                label="Effective",
                value=day(read.due_effective),
                note=_gap(read.due_effective, today),
            ),
            Fact(label="Paused", value=days(read.paused)),
            Fact(label="Granted", value=days(read.extended)),
            Fact(label="Timetable", value=row.reason.get("version", "")),
        ],
        sections=[
            Section(
                title="The clock",
                note=Lines([_ruler(read), row.because]),
                actions=_acts(row, actor),
            ),
            Section(title="What happened to it", table=_history(clock, today)),
        ],
    )


def load_page(loads: Sequence[WeekLoad], *, today: date) -> SectionsPage:
    """Return how many clocks of each body end in each coming week."""
    weeks = sorted({load.monday for load in loads})
    bodies = list(dict.fromkeys(load.body for load in loads))
    found = {(load.body, load.monday): load for load in loads}
    rows = [
        Row(
            cells=[
                f"Week of {short_day(week)}",
                *(_load(found[body, week]) for body in bodies),
                str(sum(found[body, week].due for body in bodies)),
            ],
            marked=week <= today < date.fromordinal(week.toordinal() + 7),
        )
        for week in weeks
    ]
    columns = [Column(label="Week"), *(Column(label=body) for body in bodies)]
    return SectionsPage(
        head=Head(
            title="Load by week",
            lead="How many clocks of each body end in each week, by their effective dates;"
            " what is overdue stands in this week.",
            crumbs=[Link("Review clocks", reverse("waves:clocks")), Link("Load by week")],
        ),
        sections=[
            Section(
                title="The coming weeks",
                table=Table(
                    caption="Clocks that end, by week and body",
                    columns=[*columns, Column(label="All", align="end")],
                    rows=rows,
                    compact=True,
                ),
            )
        ],
    )


def pause_page(row: Obligation, form: BaseForm) -> FormPage:
    """Return the form that holds a clock."""
    return _form_page(row, form, "Pause the clock", "Pause it")


def extend_page(row: Obligation, form: BaseForm) -> FormPage:
    """Return the form that grants more days."""
    return _form_page(row, form, "Extend the clock", "Extend it")


def state_of(row: Obligation, today: date) -> Status:
    """Return how a clock stands, by its effective date."""
    if row.state == ObligationState.PAUSED:
        return Status("Clock paused", "paused")
    if row.state == ObligationState.CANCELLED:
        return Status("Ended", "not_needed")
    if row.met_at:
        late = row.state == ObligationState.LATE
        return Status("Met late" if late else "Met", "late" if late else "met")
    gap = (_effective(row) - today).days
    if gap < 0:
        return Status(f"Overdue by {days(-gap)}", "overdue")
    return Status(
        f"{days(gap)} left" if gap else "Last day", "at_risk" if gap <= SOON else "with_body"
    )


def _form_page(row: Obligation, form: BaseForm, title: str, act: str) -> FormPage:
    back = reverse("waves:clock", args=[row.pk])
    return FormPage(
        head=Head(
            title=title,
            lead=f"{row.qualification.organisation.name}: {row.label}, {row.body}",
            crumbs=[Link("Review clocks", reverse("waves:clocks")), Link(row.label, back)],
        ),
        form=form,
        submit=Action(text=act, kind="primary", method="submit"),
        cancel=Link("Cancel", back),
        note="The promised date stays as it is; both are shown everywhere.",
    )


def _row(row: Obligation, today: date) -> Row:
    held = row.qualification
    read = clocks.reading(clock_of(row), today)
    return Row(
        cells=[
            held.organisation.name,
            Mark(row.body),
            Lines([row.label, Quiet(MARKET_ROLES[held.role].short_label)]),
            _ruler(read),
            _date(row, row.due_on),
            Bare(day(read.due_effective)),
            state_of(row, today),
        ],
        url=reverse("waves:clock", args=[row.pk]),
        marked=row.state == ObligationState.RUNNING and read.due_effective < today,
    )


def _ruler(read: clocks.Reading) -> Clock:
    ticks = "".join(_TICKS[tick] for tick in read.ticks)
    return Clock(ticks or "t", clocks.in_words(read), show_text=True)


def _date(row: Obligation, value: date) -> DateLink:
    held = row.qualification
    url = reverse("waves:date", args=[held.organisation.slug, held.pk, row.activity])
    return DateLink(day(value), url=f"{url}?body={row.body}")


def _effective(row: Obligation) -> date:
    return clocks.effective(row.due_on, clocks.spans_from_json(row.spans))


def _gap(value: date, today: date) -> str:
    gap = (value - today).days
    return f"in {days(gap)}" if gap > 0 else "today" if not gap else f"{days(-gap)} ago"


def _load(load: WeekLoad) -> Words:
    if not load.due:
        return Quiet("0")
    return f"{load.due} ({load.paused} paused)" if load.paused else str(load.due)


def _acts(row: Obligation, actor: Actor) -> list[Action]:
    held = row.qualification
    if row.body != actor.body or row.state not in (ObligationState.RUNNING, ObligationState.PAUSED):
        return []
    found = []
    if policy.may(actor, "clock.pause", held):
        if row.state == ObligationState.PAUSED:
            url = reverse("waves:resume_clock", args=[row.pk])
            found.append(Action(text="Let it run", url=url, method="post", kind="primary"))
        else:
            found.append(
                Action(text="Pause the clock", url=reverse("waves:pause_clock", args=[row.pk]))
            )
    if policy.may(actor, "clock.extend", held):
        url = reverse("waves:extend_clock", args=[row.pk])
        found.append(Action(text="Extend the clock", url=url))
    return found


def _history(clock: clocks.Clock, today: date) -> Table:
    return Table(
        caption="The stretches of the clock",
        columns=[
            Column(label="From", whole=True),
            Column(label="To", whole=True),
            Column(label="What"),
            Column(label="Days", align="end"),
            Column(label="Reason"),
        ],
        rows=[
            Row(
                cells=[
                    day(span.start),
                    day(span.end) if span.end else "" if span.days else "now",
                    _SPANS[span.kind],
                    str(span.days or span.length(today)),
                    span.why,
                ]
            )
            for span in clocks.history(clock, today)
        ],
    )
