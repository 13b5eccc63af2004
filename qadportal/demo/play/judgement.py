"""Playing the bodies, the directors and the deciders."""

from datetime import timedelta

from participants.enums import Duty
from participants.models import Membership
from qadportal.demo import wording
from qadportal.demo.play.scene import Scene
from qadportal.demo.script.acts import Act
from reviews.enums import Outcome
from reviews.models import DelegationLetter, ReopenRequest
from reviews.opinions import of_part
from reviews.services import (
    accepting,
    approvals,
    decisions,
    gates,
    letters,
    reopening,
    reviewing,
    sign_off,
)
from reviews.services.decisions import Condition
from submissions import queries

CONDITION_LASTS = timedelta(days=60)
_RECORDS = {"BSC": Duty.PAB_SECRETARY, "REC": Duty.DECISION_MAKER}


def start_review(scene: Scene, act: Act) -> None:
    """A reviewer of a body begins to read."""
    actor = scene.cast.reader(act.who, scene.told(act.about).role)
    with scene.acting(actor, act.at):
        reviewing.start_review(qualification=scene.row(act.about), actor=actor, at=act.at)


def complete_initial(scene: Scene, act: Act) -> None:
    """A body accepts the answers that it asks nothing about, and ends its review of the Initial."""
    with scene.acting(scene.cast.lead(act.who), act.at) as actor:
        part = scene.part(act.about)
        said = of_part(part.pk)
        asked = {each.question for each in said.threads if each.body == actor.body}
        newest = queries.latest_versions([part.pk])[part.pk]
        answered = {
            each["code"]
            for section in queries.frozen(newest).values()
            for each in section["questions"]
            if each["applies"] and (each["answer"] or each["evidence"])
        }
        readers = queries.reviewers_by_question(part, [scene.row(act.about)])
        content = [code for code in sorted(answered - asked) if actor.body in readers[code]]
        accepting.accept_all(
            part=part, questions=content, seen_version=newest.number, actor=actor, at=act.at
        )
        reviewing.complete_initial(qualification=scene.row(act.about), actor=actor, at=act.at)


def give_opinion(scene: Scene, act: Act) -> None:
    """A body approves a part as it stands, or asks for more."""
    opinion = act.data["opinion"]
    with scene.acting(scene.cast.lead(act.who), act.at) as actor:
        part = scene.part(act.about)
        seen = queries.latest_versions([part.pk])[part.pk].sha256
        if opinion.state == "APPROVED":
            approvals.approve(part=part, seen_sha256=seen, actor=actor, at=act.at)
        else:
            approvals.ask_for_more(
                part=part, seen_sha256=seen, reason=opinion.because, actor=actor, at=act.at
            )


def confirm_comments(scene: Scene, act: Act) -> None:
    """A body confirms that its comments are addressed."""
    with scene.acting(scene.cast.lead(act.who), act.at) as actor:
        reviewing.confirm_comments_addressed(
            qualification=scene.row(act.about), actor=actor, at=act.at
        )


def request_reopening(scene: Scene, act: Act) -> None:
    """The organisation asks for sections to be reopened."""
    asked = scene.told(act.about).reopening
    actor = scene.members[asked.by]
    with scene.acting(actor, act.at):
        sections = [(scene.part(act.about), letter) for letter in asked.sections]
        reopening.request(
            qualification=scene.row(act.about),
            sections=sections,
            reason=scene.corpus.text(asked.reason),
            actor=actor,
            at=act.at,
        )


def decide_reopening(scene: Scene, act: Act) -> None:
    """A body grants or refuses it."""
    asked = scene.told(act.about).reopening
    with scene.acting(scene.cast.lead(act.who), act.at) as actor:
        found = ReopenRequest.objects.filter(qualification=scene.row(act.about)).latest(
            "requested_at"
        )
        decide = reopening.grant if asked.outcome == "GRANTED" else reopening.refuse
        said = scene.corpus.text(asked.reason, asked.outcome.lower())
        decide(request=found, reason=said, actor=actor, at=act.at)


def make_assertion(scene: Scene, act: Act) -> None:
    """A director asserts that the remaining MPIDs will follow."""
    told = scene.told(act.about).assertion
    with scene.acting(scene.director(), act.at) as actor:
        gates.make_assertion(
            qualification=scene.row(act.about),
            mpids_remaining=told.mpids_remaining,
            complete_by=told.complete_by,
            text=scene.said[act.about, "T02"].content.text,
            actor=actor,
            at=act.at,
        )


def draft_letter(scene: Scene, act: Act) -> None:
    """The REC drafts a letter of delegated authority."""
    told = scene.told(act.about).letter
    actor = scene.cast.reader("REC", scene.told(act.about).role)
    with scene.acting(actor, act.at):
        delegate = Membership.objects.select_related("person").get(
            organisation=scene.organisation, person__name=told.delegate
        )
        letters.draft(qualification=scene.row(act.about), delegate=delegate, actor=actor, at=act.at)


def sign_letter(scene: Scene, act: Act) -> None:
    """A director signs it and hands it in."""
    name, content = scene.file(scene.told(act.about).letter.file)
    with scene.acting(scene.members[act.who], act.at) as actor:
        letters.sign_letter(
            letter=_letter(scene, act), name=name, content=content, actor=actor, at=act.at
        )


def accept_letter(scene: Scene, act: Act) -> None:
    """The REC accepts it."""
    with scene.acting(scene.cast.lead("REC"), act.at) as actor:
        letters.accept_letter(letter=_letter(scene, act), actor=actor, at=act.at)


def _letter(scene: Scene, act: Act) -> DelegationLetter:
    rows = DelegationLetter.objects.select_related("qualification")
    return rows.get(qualification_id=scene.keys[act.about])


def sign(scene: Scene, act: Act) -> None:
    """A director or delegate signs exactly what is shown."""
    told = scene.told(act.about).sign_off
    with scene.acting(scene.members[act.who], act.at) as actor:
        row = scene.row(act.about)
        shown = sign_off.content_to_sign(row, told.capacity)
        sign_off.sign(qualification=row, seen_sha256=shown.sha256, actor=actor, at=act.at)


def record_accession(scene: Scene, act: Act) -> None:
    """A code body records accession."""
    actor = scene.cast.having(act.who, Duty.ADMINISTRATOR, Duty.LEAD)
    with scene.acting(actor, act.at):
        gates.record_accession(qualification=scene.row(act.about), actor=actor, at=act.at)


def say_dip_user(scene: Scene, act: Act) -> None:
    """The DIP Manager confirms the DIP User, or says what is missing."""
    told = scene.told(act.about).dip_user
    say = gates.confirm_dip_user if told.state == "CONFIRMED" else gates.withhold_dip_user
    with scene.acting(scene.cast.having("DIP", Duty.DECISION_MAKER), act.at) as actor:
        say(
            qualification=scene.row(act.about),
            note=scene.corpus.text(told.note),
            actor=actor,
            at=act.at,
        )


def decide(scene: Scene, act: Act) -> None:
    """A decision of the PAB or of the Code Manager is recorded."""
    told = act.data["decision"]
    with scene.acting(scene.cast.having(act.who, _RECORDS[act.who]), act.at) as actor:
        decisions.record(
            qualification=scene.row(act.about),
            body=told.body,
            outcome=told.outcome,
            reasons=scene.corpus.text(told.reasons),
            decided_on=told.on,
            minute_reference=told.minute,
            conditions=_conditions(scene, act) if told.outcome == Outcome.APPROVED else (),
            actor=actor,
            at=act.at,
        )


def _conditions(scene: Scene, act: Act) -> list[Condition]:
    told, words = act.data["decision"], scene.voice(act.about).words()
    return [
        Condition(
            text=wording.fill(scene.corpus.text(key), words, told.on),
            due_on=told.on + CONDITION_LASTS,
        )
        for key in told.conditions
    ]
