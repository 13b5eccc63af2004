"""PURE: reviews, opinions, signatures and decisions, and the talk about single answers."""

from collections.abc import Iterator
from datetime import date, timedelta

from participants.market_roles import MARKET_ROLES
from qadportal.demo.corpus import ORGANISATION_PART, Organisation, Qualification, Thread
from qadportal.demo.script.acts import Act, act

BETWEEN = 65  # minutes between two acts of one thread on one day


def judgement(own: Organisation) -> Iterator[Act]:
    """Yield what the bodies, the directors and the deciders do."""
    for opinion in own.approvals:
        yield act("give_opinion", opinion.on, ORGANISATION_PART, opinion.body, opinion=opinion)
    for each in own.qualification:
        yield from _reviews(each)
        for opinion in (*each.approvals, *each.approvals_after):
            yield act("give_opinion", opinion.on, each.key, opinion.body, opinion=opinion)
        for body, day in each.comments_addressed.items():
            yield act("confirm_comments", day, each.key, body)
        yield from _gates(each)
        for decision in each.decisions:
            yield act("decide", decision.on, each.key, decision.body, decision=decision)


def _reviews(each: Qualification) -> Iterator[Act]:
    bodies = MARKET_ROLES[each.role].bodies
    for started, done in (
        (each.initial_review_started, each.initial_completed),
        (each.final_review_started, each.comments_addressed),
    ):
        for number, body in enumerate(bodies if started else ()):
            day = started + timedelta(days=number)
            yield act("start_review", min(day, done.get(body, day)), each.key, body)
    for body, day in each.initial_completed.items():
        yield act("complete_initial", day, each.key, body)


def _gates(each: Qualification) -> Iterator[Act]:
    if each.assertion:
        yield act("make_assertion", each.assertion.on, each.key)
    if each.letter:
        yield act("draft_letter", each.letter.drafted_on, each.key, "REC")
        yield act("sign_letter", each.letter.signed_on, each.key, each.letter.director)
        yield act("accept_letter", each.letter.accepted_on, each.key, "REC")
    if each.sign_off:
        yield act("sign", each.sign_off.on, each.key, each.sign_off.by)
    for accession in each.accessions:
        yield act("record_accession", accession.on, each.key, accession.body)
    if each.dip_user:
        yield act("say_dip_user", each.dip_user.on, each.key, "DIP")


def talk(own: Organisation, thread: Thread) -> Iterator[Act]:
    """Yield the acts of one thread in their order, however many fall on one day."""
    on_the_day: dict[date, int] = {}
    for day, who, deed, data in _deeds(own, thread):
        place = on_the_day[day] = on_the_day.get(day, -1) + 1
        yield act("talk", day, thread.id, who, minutes=BETWEEN * place, deed=deed, **data)


def _deeds(own: Organisation, thread: Thread) -> Iterator[tuple[date, str, str, dict]]:
    first, *rest = thread.messages
    yield first.on, first.who, "raise", {"text": first.text}
    last_body, last_own = first.who, own.admin.name
    ending = ""
    said = list(rest)
    if thread.settled_on and said and said[-1].by != "participant":
        last = said[-1]
        if last.on == thread.settled_on:
            ending, last_body = said.pop().text, last.who
    deeds = []
    for message in said:
        if message.by == "participant":
            last_own = message.who
            deeds.append((message.on, message.who, "respond", {"text": message.text}))
        else:
            last_body = message.who
            deeds.append((message.on, message.who, "ask_again", {"text": message.text}))
    plan = thread.plan
    if plan:
        deeds.append((plan.proposed_on, last_own, "propose", {}))
        if plan.agreed_on:
            deeds.append((plan.agreed_on, last_body, "agree", {}))
        if plan.done_on:
            deeds.append((plan.done_on, last_own, "mark_done", {}))
    if thread.settled_on:
        deeds.append((thread.settled_on, last_body, "settle", {"text": ending}))
    yield from sorted(deeds, key=lambda deed: deed[0])  # stable: within a day in this order
