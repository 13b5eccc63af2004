"""The four criteria of one qualification, and all that is missing: what, who holds it, since."""

from collections.abc import Iterator

from foundation.ui.pages import Column, Row, Table
from foundation.ui.parts import Lines, Link, Quiet, Status, Words
from participants.pages.general import Section
from participants.pages.statuses import qualification_status
from reviews.pages.desk.places import Setting
from reviews.pages.desk.words import ago, number
from reviews.pages.signing import upper
from reviews.qualified import MET, Criterion, Facts, Lack, criteria, missing
from waves.routes import ROUTES


def section(setting: Setting, facts: Facts) -> Section:
    """Return one qualification: where it stands, its criteria (R118), and what each lacks."""
    count = len(missing(facts))
    note = ""
    if count:
        noun = "thing is" if count == 1 else "things are"
        note = f"{upper(number(count))} {noun} missing."
    return Section(
        title=f"{facts.label}, {ROUTES[facts.route].short_label}",
        meta=qualification_status(facts.status),
        note=note,
        table=Table(
            caption=f"What {facts.label} still needs",
            columns=[
                Column(label="What is missing"),
                Column(label="Who holds it"),
                Column(label="Since"),
            ],
            rows=list(_rows(setting, facts)),
        ),
    )


def _rows(setting: Setting, facts: Facts) -> Iterator[Row]:
    for each in criteria(facts):
        yield Row(cells=[], heading=f"{each.number}. {each.title}")
        if each.is_met:
            yield Row(cells=[_met(each), "", ""])
        for lack in each.lacks:
            yield _row(setting, facts, lack)
    together = [lack for lack in missing(facts) if lack.key == "trio"]
    if together:
        yield Row(cells=[], heading="LDSO, SMRA / ERDA and UMSO qualify together")
    for lack in together:
        yield _row(setting, facts, lack)


def _met(criterion: Criterion) -> Words:
    state = Status("", "met" if criterion.state == MET else "not_needed")
    return Lines([state, criterion.because])


def _row(setting: Setting, facts: Facts, lack: Lack) -> Row:
    url = setting.lack_url(facts, lack)
    what = setting.told_lack(lack)
    since = ago(lack.since, setting.today) if lack.since else "" if lack.now else "comes later"
    return Row(
        cells=[
            Link(what, url) if url else what,
            setting.holder(lack.holder_label),
            Quiet(since) if since else "",
        ]
    )
