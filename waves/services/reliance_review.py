"""What the bodies say of a reliance proposal: opinions, scope, looking again (R47-R57)."""

from datetime import datetime

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants.enums import Body
from participants.moves import lock, perform
from waves import reliance as rules
from waves.enums import RelianceOpinionKind as Says
from waves.enums import RelianceState as S
from waves.lifecycle import reliance as moves
from waves.models import Reliance, RelianceOpinion, RelianceVersion
from waves.notices import reliance as notices
from waves.routes import reliance_agreed_by
from waves.services import ordering
from waves.services.reliance_evidence import settle
from waves.services.reliance_order import require_known
from waves.services.reliance_undermining import keep_reason
from waves.services.testing import hold, note_event
from waves.timetable import Event


def opinions_of(row: Reliance, body: str = "") -> rules.Opinions:
    """Return who must agree to the newest version, and what each has said (R47)."""
    said = RelianceOpinion.objects.filter(version__reliance=row, version__number=row.revision)
    needed = reliance_agreed_by(row.qualification.role, row.qualification.route)
    return rules.Opinions(needed, dict(said.values_list("body", "verdict")), body)


@transaction.atomic
def give_opinion(
    *, reliance: Reliance, verdict: str, note: str = "", actor: Actor, at: datetime
) -> Reliance:
    """Give a body's opinion on the newest version; with the last one the proposal is agreed.

    A body may think again until the proposal has left the bodies' hands.
    """
    policy.require(actor, moves.DECIDE, reliance)
    ordering.hold_board()
    row = lock(reliance)
    if row.status not in moves.IN_HAND:
        raise Refused(moves.READ_ON.objections(row.status, None))
    _check(row, verdict, note)
    word = opinions_of(row, actor.body)
    if objection := moves.concerns_them(word):
        raise Refused(objection)
    version = RelianceVersion.objects.get(reliance=row, number=row.revision)
    said = {"verdict": verdict, "note": note.strip(), "by_name": actor.name, "at": at}
    RelianceOpinion.objects.update_or_create(
        version=version,
        body=actor.body,
        defaults=said,
        create_defaults={**said, "organisation_id": row.organisation_id},
    )
    word = opinions_of(row, actor.body)
    if word.outcome in rules.AGREED:
        require_known(row)
    return _follow(row, word, verdict, note, actor, at)


def _check(row: Reliance, verdict: str, note: str) -> None:
    if verdict not in Says.values:
        raise Invalid({"verdict": "Choose what your body says."})
    if verdict != Says.AGREE and not note.strip():
        raise Invalid({"note": "Say why; the organisation reads it."})
    if rules.needs_a_word(row.stages, verdict, note):
        raise Invalid(
            {
                "note": "Non-functional and operational PIT is done independently as a rule"
                " (QA&P 10.5). Say why relying on it is accepted."
            }
        )


def _follow(
    row: Reliance, word: rules.Opinions, verdict: str, note: str, actor: Actor, at: datetime
) -> Reliance:
    """Move the proposal to where the opinions put it, and say so."""
    record(
        "reliance.opinion_given",
        subject=row,
        actor=actor,
        at=at,
        because=note,
        verdict=verdict,
        number=row.revision,
    )
    if row.status == S.IN_REVIEW == word.outcome:
        return row
    move = moves.OPINIONS[word.outcome]
    log = {"body": actor.body, "number": row.revision}
    row = perform(
        move, subject=row, facts=lambda _: word, actor=actor, at=at, because=note, log=log
    )
    held = hold(row.qualification)
    if Body.MHHSP in word.said:
        note_event(held, Event.RELIANCE_REVIEWED_BY_PROGRAMME, actor, at)
    if row.status in (*rules.AGREED, S.NOT_AGREED):
        note_event(held, Event.RELIANCE_REVIEWED_BY_BODIES, actor, at)
        settle([held.pk], actor=actor, at=at)
    if row.status != S.IN_REVIEW:
        notices.decided(row, note, at=at)
    return row


@transaction.atomic
def agree_scope(*, reliance: Reliance, note: str, actor: Actor, at: datetime) -> Reliance:
    """Record that the tests that remain beside a reliance in part are agreed (R51)."""
    row = lock(reliance)
    policy.require(actor, moves.DECIDE, row)
    if row.status not in rules.AGREED:
        raise Refused("The scope follows the agreement: the proposal is not agreed.")
    if row.scope_agreed:
        raise Refused("The scope is agreed already.")
    if not note.strip():
        raise Invalid({"note": "Say where the agreed catalogue and matrix are."})
    row.scope_agreed = True
    row.save(update_fields=["scope_agreed"])
    record("reliance.scope_agreed", subject=row, actor=actor, at=at, because=note)
    notices.scope(row, note, at=at)
    return row


@transaction.atomic
def let_stand(*, reliance: Reliance, because: str, actor: Actor, at: datetime) -> Reliance:
    """Let a proposal stand after all, as the bodies agreed to it before."""
    if not because.strip():
        raise Invalid({"because": "Say why; only the bodies read it."})
    agreed = opinions_of(reliance).outcome
    move = moves.STAND_PART if agreed == S.AGREED_PART else moves.STAND_FULL
    row = perform(move, subject=reliance, actor=actor, at=at)
    keep_reason("reliance.standing_explained", row, because, actor, at)
    notices.stands(row, at=at)
    return row
