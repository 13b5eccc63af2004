"""Three hundred rows of everything that the API lists, copied from one row of each."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Max

from foundation.audit.trail import record
from foundation.ids import new_id
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import (
    ApiToken,
    Invitation,
    Mpid,
)
from reviews import models as reviews
from submissions import bank
from submissions.models import Answer, AnswerRevision, Evidence, EvidenceUse, Part, Version
from tests.factories import NOON
from tests.isolation.canary import Canary
from waves.models import CalendarFeed, CompletionReport, Obligation

MANY = 300
Vary = Callable[[int], Any]


def copies(row: models.Model, count: int = MANY, **vary: Vary) -> list[models.Model]:
    """Add copies of a row with other keys; ``vary`` says what else differs, by number."""
    model = type(row)
    plain = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
    rows = [
        model(
            **plain
            | {model._meta.pk.attname: new_id()}
            | {name: value(number) for name, value in vary.items()}
        )
        for number in range(1, count + 1)
    ]
    return model._base_manager.bulk_create(rows)


def everything(made: Canary) -> None:
    """Give an organisation, its people and its bodies three hundred rows of each kind."""
    with acting_as(PORTAL):
        of = {"organisation": made.organisation}
        held = _people_and_roles(made)
        parts = _qad(made, held)
        _talk(made, parts)
        for model in (reviews.SignOff, reviews.DelegationLetter, reviews.ReopenRequest):
            first = model.objects.filter(**of).first()
            copies(first, qualification_id=lambda n: held[n - 1].pk)
        copies(CompletionReport.objects.filter(**of).first())
        copies(
            reviews.Decision.objects.filter(**of).first(),
            sequence=lambda n: n + 1,
            recorded_at=lambda n: NOON + timedelta(minutes=n),
        )
        copies(Obligation.objects.filter(**of).first(), sequence=lambda n: n + 1000)
        copies(reviews.Pack.objects.get(pk=made.keys["pack"]))
        for number in range(MANY):
            record("thing.done", actor=PORTAL, at=NOON, subject=made.organisation, number=number)


def _people_and_roles(made: Canary) -> list[models.Model]:
    people = copies(made.admin.person, email=lambda n: f"copy{n}@example.org")
    copies(made.admin, person_id=lambda n: people[n - 1].pk)
    copies(
        Invitation.objects.get(pk=made.keys["invitation"]),
        email=lambda n: f"waits{n}@example.org",
        token_hash=lambda n: f"waits{n}",
    )
    copies(CalendarFeed.objects.get(pk=made.keys["feed"]), token_hash=lambda n: f"feed{n}")
    copies(ApiToken.objects.get(pk=made.keys["token"]), token_hash=lambda n: f"copy{n}")
    copies(Notice.objects.filter(person_id=made.admin.person_id)[0], dedupe_key=lambda n: f"c{n}")
    code = Mpid.objects.filter(organisation=made.organisation)[0]
    copies(code, code=lambda n: f"Q{n:03}")
    others = copies(made.organisation, slug=lambda n: f"copy-{n}", name=lambda n: f"Copy {n}")
    copies(made.qualification, organisation_id=lambda n: others[n - 1].pk)
    return copies(made.qualification, mpids_split=lambda n: True)


def _qad(made: Canary, held: list[models.Model]) -> list[models.Model]:
    part = Part.objects.get(pk=made.keys["part"])
    answers = Answer.objects.filter(part=part)
    given, asked = set(answers.values_list("question", flat=True)), bank.of_part(part).questions
    blank = [each.code for each in asked if each.scope == "ROLE" and each.code not in given]
    if blank:
        copies(answers[0], len(blank), question=lambda n: blank[n - 1])
    first = AnswerRevision.objects.filter(answer__part=part, answer__question="H03").first()
    copies(first, revision=lambda n: n + 1)
    pieces = copies(Evidence.objects.filter(organisation=made.organisation).first())
    use = EvidenceUse.objects.filter(part=part).first() or EvidenceUse(
        organisation=made.organisation, part=part, added_at=NOON
    )
    copies(use, question=lambda n: "H03", evidence_id=lambda n: pieces[n - 1].pk)
    copies(Version.objects.filter(part=part).latest(), number=lambda n: n + 100)
    return copies(part, qualification_id=lambda n: held[n - 1].pk)


def _talk(made: Canary, parts: list[models.Model]) -> None:
    thread = reviews.Thread.objects.get(pk=made.keys["thread"])
    highest = reviews.Thread.objects.aggregate(last=Max("number"))["last"]
    copies(thread, number=lambda n: highest + n)
    copies(reviews.Message.objects.filter(thread=thread)[0])
    copies(reviews.ActionPlan.objects.get(pk=made.keys["plan"]), number=lambda n: n + 1)
    approval = reviews.Approval.objects.filter(organisation=made.organisation)[0]
    copies(approval, part_id=lambda n: parts[n - 1].pk)
