"""The list of everybody's testing: at risk first, then by name; never in the order of asking."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from foundation.clock.words import day
from foundation.ui.blocks import Empty, Fact
from foundation.ui.pages import Column, Head, ListPage, Row, Table
from foundation.ui.parts import Lines, Quiet, Status, Words
from participants.models import Qualification
from waves.burn_up import Slip
from waves.routes import ROUTES
from waves.standing import Standing, standing_of

_KIND = {"QT complete": "done", "QT reported": "submitted"}


def desk_page(rows: Sequence[Qualification], today: date) -> ListPage:
    """Return the list."""
    found = [standing_of(each, today) for each in rows if ROUTES[each.route].kind != "SIT"]
    found.sort(key=lambda each: (not each.is_at_risk, each.held.organisation.name.lower()))
    risky = sum(each.is_at_risk for each in found)
    return ListPage(
        head=Head(title="Testing", lead="Whoever is at risk stands first, then by name."),
        facts=[
            Fact(label="On the way", value=str(len(found))),
            Fact(label="In QT", value=str(sum(each.stage == "In QT" for each in found))),
            Fact(label="At risk", value=str(risky)),
            Fact(label="Waits for a review", value=str(sum(_waits(each.held) for each in found))),
        ],
        table=Table(
            caption="Testing across organisations",
            columns=[
                Column(label="Organisation"),
                Column(label="Stage"),
                Column(label="Run of plan"),
                Column(label="Slip, original baseline"),
                Column(label="Slip, present baseline"),
                Column(label="Plan ends"),
                Column(label="Severe open", align="end"),
                Column(label="To review", align="end"),
            ],
            rows=[_row(each) for each in found],
            compact=True,
        )
        if found
        else None,
        empty=Empty(title="Nobody is testing", text="Parties appear with their first dates."),
    )


def _waits(held: Qualification) -> int:
    return len(held.t_waits) + len(held.t_handed)


def _row(each: Standing) -> Row:
    held, newest = each.held, each.newest
    slips = each.slips or [None, None]
    stage: Words = Status(each.stage, _KIND.get(each.stage, "reading"))
    if each.is_at_risk:
        stage = Lines([Status("At risk", "at_risk"), each.stage])
    return Row(
        cells=[
            Lines(
                [held.organisation.name, f"{held.get_role_display()}, {held.get_route_display()}"]
            ),
            stage,
            f"{newest['run']} of {each.plans[-1]['tests'] if each.plans else newest['planned']}"
            if newest
            else Quiet("Nothing yet"),
            *(_slip(slip) for slip in slips),
            day(date.fromisoformat(each.plans[-1]["ends_on"])) if each.plans else Quiet("No plan"),
            str(len(each.severe)),
            str(_waits(held)),
        ],
        url=reverse("waves:testing_track", args=[held.organisation.slug, held.pk]),
    )


def _slip(slip: Slip | None) -> Words:
    if slip is None:
        return Quiet("No figures")
    if not slip.is_behind:
        return "On plan" if slip.tests == 0 else f"{-slip.tests} tests ahead"
    return f"{slip.tests} tests, {slip.days} days behind"
