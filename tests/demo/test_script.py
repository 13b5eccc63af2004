"""The acts of the demonstration: in order, before its day, and each by somebody who can."""

from collections import Counter
from datetime import datetime, time

import pytest

from foundation.clock.moments import LONDON
from qadportal.demo.play.organisation import VERBS
from qadportal.demo.reading import corpus
from qadportal.demo.script.acts import HOURS
from qadportal.demo.script.whole import acts_of
from submissions import bank
from submissions.template_file import parse
from waves.tables import from_files

CORPUS = corpus()
BANK = parse(bank.FILE.read_text(encoding="utf-8"))
TIMETABLE = from_files()
NOW = datetime.combine(CORPUS.today, time(10, 0), LONDON)
ACTS = {own.slug: acts_of(own, CORPUS, BANK, TIMETABLE) for own in CORPUS.organisations}


@pytest.mark.parametrize("own", CORPUS.organisations, ids=lambda own: own.slug)
def test_acts_come_in_order_and_before_the_demonstration(own) -> None:
    acts = ACTS[own.slug]
    assert acts[0].verb == "found"
    assert [one.at for one in acts] == sorted(one.at for one in acts)
    assert acts[-1].at < NOW
    assert all(one.at.date() >= own.created_on for one in acts)


@pytest.mark.parametrize("own", CORPUS.organisations, ids=lambda own: own.slug)
def test_what_the_corpus_tells_is_played_once(own) -> None:
    said = Counter(one.verb for one in ACTS[own.slug])
    trio = sum(each.role in ("SMRA_ERDA", "UMSO") for each in own.qualification)
    alone = len(own.qualification) - trio
    assert said["add_qualification"] == alone
    assert said["decide"] == sum(len(each.decisions) for each in own.qualification)
    assert said["sign"] == sum(each.sign_off is not None for each in own.qualification)
    opinions = [o for q in own.qualification for o in (*q.approvals, *q.approvals_after)]
    assert said["give_opinion"] == len(opinions) + len(own.approvals)
    raised = [one for one in ACTS[own.slug] if one.data.get("deed") == "raise"]
    assert len(raised) == len(CORPUS.threads_of(own.slug))


def test_every_verb_has_an_hour_and_somebody_who_plays_it() -> None:
    used = {one.verb for acts in ACTS.values() for one in acts}
    assert used == set(VERBS) == set(HOURS)


def test_nobody_writes_before_coming_in() -> None:
    for slug, acts in ACTS.items():
        writing = [one.at for one in acts if one.verb == "write"]
        come = next(one.at for one in acts if one.verb == "come_in")
        assert not writing or come < min(writing), slug
