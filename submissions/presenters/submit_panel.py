"""What can be handed in now, and every reason why not yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.clock.words import instant
from foundation.lifecycle import Move
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Refusal
from foundation.ui.pages import SubmitPanel
from foundation.ui.parts import Link, Strong, Words
from participants import policy
from participants.access.addresses import address
from participants.enums import ENDED, Status
from participants.market_roles import reviewing_bodies
from participants.models import Qualification
from submissions.lifecycle import (
    RESUBMIT_FINAL,
    SUBMIT_FINAL,
    SUBMIT_INITIAL,
    Blank,
    SubmitFacts,
    nothing_blank,
)
from submissions.presenters import addresses
from submissions.presenters.states import Tally, count_of
from submissions.sheet import Sheet, submit_facts

_NAMES = {"BSC": "BSC", "REC": "REC", "DIP": "the DIP Manager"}
INSTRUCTIONS = "6.5"  # the paragraph on work instructions that come late (R93)
_CHANGES_IN = (Status.INITIAL_SUBMITTED, Status.INITIAL_REVIEW, Status.INITIAL_REVIEWED)


@dataclass(frozen=True, slots=True)
class HandIn:
    """One way to hand in: its address part, what it is called, and the move that it makes."""

    verb: str
    title: str
    move: Move | None
    already: str

    def done_word(self, count: int) -> str:
        """Return "was submitted" for one thing, "were submitted" for several."""
        return "were submitted" if count > 1 else "was submitted"


INITIAL = HandIn("initial", "Submit the Initial QAD", SUBMIT_INITIAL, "The Initial QAD")
CHANGES = HandIn("changes", "Hand in your changes", None, "Your changes")
FINAL = HandIn("final", "Submit the Final QAD", SUBMIT_FINAL, "The Final QAD")
REOPENED = HandIn(
    "reopened", "Submit the reopened sections", RESUBMIT_FINAL, "The reopened sections"
)
WAYS = {way.verb: way for way in (INITIAL, CHANGES, FINAL, REOPENED)}


def way_now(group: Sequence[Qualification]) -> HandIn | None:
    """Return what can be handed in at this state; None when all is with the bodies."""
    status = group[0].status
    for way in (INITIAL, FINAL, REOPENED):
        if status in way.move.sources:
            return way
    return CHANGES if status in _CHANGES_IN else None


def bodies_in_words(group: Sequence[Qualification]) -> str:
    """Return "BSC, REC and the DIP Manager"."""
    names = [_NAMES[body] for body in reviewing_bodies({each.role for each in group})]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def panel(sheet: Sheet, group: Sequence[Qualification], counts: Tally, actor: Actor) -> SubmitPanel:
    """Return the foot of the task list."""
    way = way_now(group)
    slug = sheet.organisation.slug
    check = addresses.check(slug, group[0].pk)
    if way is None:
        return _with_the_bodies(group, check, slug)
    if not policy.may(actor, "qad.submit", group[0]):
        return _with_others(way, counts, check)
    reasons = objections(sheet, group, counts, actor, way)
    return SubmitPanel(
        title=way.title,
        text=_text(way, sheet, group, counts),
        action=Action(
            text=f"Check, then {way.title[0].lower()}{way.title[1:]}",
            url=check,
            kind="primary",
            reasons=reasons,
        ),
        also=Link("Check all answers", check),
        refusal=refusal(reasons),
    )


def _with_others(way: HandIn, counts: Tally, check: str) -> SubmitPanel:
    """Say to whoever only reads, or writes single sections, who hands in and how far it is."""
    alone = " A section of yours may be submitted by itself, on its page." if way is INITIAL else ""
    return SubmitPanel(
        title=f"{way.title}: not yours to do",
        text=(
            f"Only a master admin, or an author of all sections, may submit. {counts.ready} of"
            f" {counts.asked} answers are ready.{alone}"
        ),
        also=Link("Check all answers", check),
    )


def refusal(reasons: Sequence[Words]) -> Refusal | None:
    """Return the box that lists every reason; None without reasons."""
    if not reasons:
        return None
    said = "for one reason" if len(reasons) == 1 else f"for {_number(len(reasons))} reasons"
    return Refusal(
        title=f"Not yet, {said}",
        reasons=reasons,
        note="Open threads and findings do not stop you. Reviewers see them with what you submit.",
    )


def objections(
    sheet: Sheet, group: Sequence[Qualification], counts: Tally, actor: Actor, way: HandIn
) -> list[Words]:
    """Return every reason against handing in now, blanks as links to their questions."""
    found: list[Words] = []
    if not policy.may(actor, "qad.submit", group[0]):
        found.append("Only a master admin, or an author of all sections, may submit.")
    if way.move is None:
        if not counts.changed:
            found.append("Nothing changed since what you submitted.")
        return found
    facts = facts_for(sheet, group, way)
    said = way.move.objections(group[0].status, facts)
    about_blanks = nothing_blank(facts)
    for reason in said:
        found.append(
            _blank_reason(facts.blanks, sheet.organisation.slug)
            if reason == about_blanks
            else reason
        )
    return found


def facts_for(sheet: Sheet, group: Sequence[Qualification], way: HandIn) -> SubmitFacts:
    """Return what the guards of this way look at."""
    if way is not REOPENED:
        return submit_facts(sheet, group)
    parts = [sheet.of(None), *(sheet.of(each) for each in group)]
    return SubmitFacts(blanks=[blank for own in parts for blank in own.blanks()])


def _blank_reason(blanks: Sequence[Blank], slug: str) -> Words:
    pieces: list[Words] = []
    for blank in blanks:
        url = addresses.question(slug, blank.part_id, blank.section, blank.code)
        pieces += [", " if pieces else "", Link(blank.code, url)]
    count = len(blanks)
    noun = "required answer is" if count == 1 else "required answers are"
    lead = Strong(f"{_number(count).capitalize()} {noun} blank.")
    return [lead, " Final takes no blanks: ", *pieces, "."]


def _text(way: HandIn, sheet: Sheet, group: Sequence[Qualification], counts: Tally) -> Words:
    who = bodies_in_words(group)
    drafts = (
        f" {count_of(counts.drafts, 'answer')} in draft will be handed in as they stand."
        if counts.drafts
        else ""
    )
    if way is INITIAL:
        return (
            f"Blanks are allowed: {who} read what is there and have six weeks. You can go on"
            f" writing, and hand in changes.{drafts}{_late_instructions(sheet, group)}"
        )
    if way is CHANGES:
        return (
            f"{count_of(counts.changed, 'answer')} changed since what {who} are reading."
            " Handing them in moves no date."
        )
    return (
        f"All answers then lock. {who} have four weeks to review. To change a locked answer you"
        f" ask for its section to be reopened.{drafts}"
    )


def _late_instructions(sheet: Sheet, group: Sequence[Qualification]) -> str:
    """R93: a warning where work instructions are left for the Final; it stops nothing."""
    codes = sorted(
        {
            one.code
            for own in (sheet.of(each) for each in group)
            for one in own.questions
            if one.is_open and one.question.cites(INSTRUCTIONS) and not own.is_answered(one)
        }
    )
    if not codes:
        return ""
    named, verb = " and ".join(codes), "is" if len(codes) == 1 else "are"
    return (
        f" {named} {verb} blank: work instructions that come only with the Final may delay its"
        f" review (QA&P {INSTRUCTIONS})."
    )


def _with_the_bodies(group: Sequence[Qualification], check: str, slug: str) -> SubmitPanel:
    first, action = group[0], None
    if first.status in ENDED:
        text = f"{first.get_status_display()}. Nothing is left to submit."
    else:
        when = f" on {instant(first.final_submitted_at)}" if first.final_submitted_at else ""
        text = (
            f"You submitted the Final QAD{when}; its sections are locked. To change a locked"
            " answer you ask for its section to be reopened."
        )
        if url := address("reviews:reopening_of", slug):
            action = Action(text="Ask for a section to be reopened", url=url)
    return SubmitPanel(
        title="Nothing to submit now",
        text=text,
        action=action,
        also=Link("Read all answers", check),
    )


_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def _number(count: int) -> str:
    return _WORDS[count] if count < len(_WORDS) else str(count)
