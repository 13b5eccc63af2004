"""The four criteria of one qualification, and all that is missing: what, who holds it, since."""

from foundation.ui.blocks import Empty, Fact
from foundation.ui.counting import number, opened
from foundation.ui.pages import Column, Row, Table
from foundation.ui.parts import Link, Quiet, Status
from participants.pages.general import Section
from participants.pages.statuses import qualification_status
from reviews.pages.desk.places import Setting
from reviews.pages.desk.words import ago
from reviews.qualified import MET, NOT_MET, Criterion, Facts, Lack, criteria, missing
from waves.routes import ROUTES

_WORDS = {MET: ("", "met"), NOT_MET: ("Not yet", "not_yet")}


def section(setting: Setting, facts: Facts) -> Section:
    """Return one qualification: where it stands, its criteria (R118), and what each lacks."""
    lacks = missing(facts)
    return Section(
        title=f"{facts.label}, {ROUTES[facts.route].short_label}",
        meta=qualification_status(facts.status),
        facts=[_criterion(setting, each) for each in criteria(facts)],
        table=Table(
            caption=f"What is missing for {facts.label}",
            columns=[
                Column(label="What is missing"),
                Column(label="Criterion", align="end"),
                Column(label="Who holds it"),
                Column(label="Since"),
            ],
            rows=[_row(setting, facts, lack) for lack in lacks],
        ),
        empty=Empty(title="Nothing is missing"),
    )


def _criterion(setting: Setting, criterion: Criterion) -> Fact:
    word, kind = _WORDS.get(criterion.state, ("", "not_needed"))
    count = len(criterion.lacks)
    things = "thing is" if count == 1 else "things are"
    said = f"{opened(number(count))} {things} missing." if count else criterion.because
    return Fact(
        label=f"{criterion.number}. {criterion.title}", value=[Status(word, kind), " ", Quiet(said)]
    )


def _row(setting: Setting, facts: Facts, lack: Lack) -> Row:
    url = setting.lack_url(facts, lack)
    what = setting.told_lack(facts, lack)
    since = ago(lack.since, setting.today) if lack.since else "" if lack.now else "comes later"
    return Row(
        cells=[
            Link(what, url) if url else what,
            str(lack.criterion),
            setting.holder(lack.holder_label),
            Quiet(since) if since else "",
        ]
    )
