"""An organisation whose every row and word is recognisable wherever it turns up."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

from django.db import models

from foundation.audit.trail import record
from foundation.documents import services as documents
from foundation.jobs import services as jobs
from foundation.notices.outbox import Recipient, announce
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from foundation.tenancy.protection import Protection, declared
from participants import entry
from participants.models import (
    Invitation,
    Membership,
    Mpid,
    Organisation,
    Person,
    Qualification,
)
from participants.services import people, tokens
from reviews import models as reviews
from reviews.services import sign_off
from submissions.models import Part, Version
from tests import factories
from tests.foundation.files import PDF
from tests.isolation import roads
from tests.reviews import builders
from tests.submissions import builders as qads
from waves import models as waves
from waves.models import Timetable
from waves.services import feeds

_number = count(1)


@dataclass
class Canary:
    """What was built, and what it is known by."""

    word: str
    organisation: Organisation
    qualification: Qualification
    admin: Membership
    leads: dict[str, Any]
    keys: dict[str, Any] = field(default_factory=dict)
    marks: set[bytes] = field(default_factory=set)


def tenant_models() -> Iterator[type[models.Model]]:
    """Yield every model whose rows belong to one organisation."""
    for model, protection in declared():
        columns = {each.column for each in model._meta.concrete_fields}
        if isinstance(protection, Protection) and "organisation_id" in columns:
            yield model


def build(role: str, word: str = "zzcanary") -> Canary:
    """Take an organisation to the review of its Final QAD, and give it one of everything else."""
    word = f"{word}{next(_number)}"
    here = builders.scene(role)
    with acting_as(PORTAL):
        Organisation.objects.filter(pk=here.organisation.pk).update(
            slug=f"{word}-energy", name=f"{word} Energy", legal_name=f"{word} Energy Ltd"
        )
        for place in Membership.objects.filter(organisation=here.organisation):
            Person.objects.filter(pk=place.person_id).update(
                name=f"{word} Person", email=f"{word}.{place.person_id}@example.org"
            )
        organisation = Organisation.objects.get(pk=here.organisation.pk)
        admin = Membership.objects.select_related("person", "organisation").get(
            organisation=organisation, person_id=here.admin.person_id
        )
    here.organisation = organisation
    qads.open_qad(organisation, here.admin)
    qads.answer_everything(organisation, here.admin, said=f"{word} says so.")
    builders.to(here, "FINAL_REVIEW")
    body = builders.bodies(here)[0]
    for kind in ("FINDING", "COMMENT"):
        builders.raise_thread(here, body, kind, subject=f"{word} subject", text=f"{word} text")
    made = Canary(word, organisation, here.fresh(), admin, here.leads)
    _the_rest(made)
    _know(made)
    return made


def _the_rest(made: Canary) -> None:
    """Rows of what the scene has not come to; straight into the tables, no matter the order."""
    at, word, organisation = factories.NOON, made.word, made.organisation
    of = {"organisation": organisation}
    on = {**of, "qualification": made.qualification}
    with acting_as(PORTAL):
        part = Part.objects.get(qualification=made.qualification)
        version = Version.objects.filter(part=part).latest()
        thread = reviews.Thread.objects.filter(organisation=organisation).first()
        area = people.ensure_area(organisation_id=organisation.pk, qualification=None, section="A")
        stored = documents.store(
            name=f"{word}.pdf", content=PDF, actor=PORTAL, at=at, organisation_id=organisation.pk
        )
        invitation, secret = people.invite(
            organisation=organisation, email=f"{word}.new@example.org", name=f"{word} New",
            is_master_admin=True, areas=[area], actor=PORTAL, at=at,
        )  # fmt: skip
        reader = Recipient(made.admin.person.email, made.admin.person_id)
        announce(
            kind="test", key=word, recipients=[reader],
            subject=f"{word} subject", text=f"{word} text", path="/", at=at,
            organisation_id=organisation.pk,
        )  # fmt: skip
        jobs.start(kind="test", actor=PORTAL, at=at, enqueue=str, organisation_id=organisation.pk)
        record("thing.done", actor=PORTAL, at=at, subject=organisation, because=f"{word} because")
        roads.plant(qualification=made.qualification, stored=stored, word=word, at=at)
        report = waves.CompletionReport.objects.create(
            **on, kind="QT", file=stored, received_at=at, received_by_name=f"{word} Tester"
        )
        obligation = waves.Obligation.objects.filter(**on).first()
        obligation = obligation or waves.Obligation.objects.create(
            **on, activity="final_qad_window", label=word, due_on=at.date(), due_at=at,
            because=word, timetable=Timetable.objects.latest(),
        )  # fmt: skip
        waves.Reminder.objects.get_or_create(
            **of, obligation=obligation, kind="DUE_1", fire_at=at + timedelta(days=1)
        )
        plan = reviews.ActionPlan.objects.create(
            **of, thread=thread, text=f"{word} plan", owner_name=f"{word} Owner",
            due_on=at.date(), status="PROPOSED", proposed_at=at, proposed_by_name=word,
        )  # fmt: skip
        reviews.Approval.objects.create(
            **of, part=part, body="DIP", status="APPROVED", version=version,
            covers_sha256=version.sha256, at=at, by_name=f"{word} Lead",
        )  # fmt: skip
        lead = made.leads["DIP"].person_id
        reviews.Assignment.objects.create(
            **of, part=part, section="H", body="DIP", person_id=lead, because=f"{word} skill",
            at=at, by_name=f"{word} Lead",
        )  # fmt: skip
        reviews.Conflict.objects.create(
            **of,
            person_id=made.admin.person_id,
            reason=f"{word} shares",
            declared_at=at,
            declared_by_name=word,
        )
        meeting = reviews.Meeting.objects.create(
            title="BSC PAB", held_on=at.date() + timedelta(days=1000 + next(_number)),
            planned_at=at, planned_by_name="Josephine",
        )  # fmt: skip
        reviews.MeetingItem.objects.create(
            **on, meeting=meeting, position=1, put_at=at, put_by_name=f"{word} Secretary"
        )
        reviews.Joining.objects.create(
            **of, thread=thread, body="DIP", at=at, by_id=lead, by_name=f"{word} Joiner"
        )
        wording = reviews.Wording.objects.create(
            body="DIP", title=f"Ask {word}", text=word, changed_at=at, changed_by_name="Ola"
        )
        view = reviews.KeptView.objects.create(
            person_id=lead, body="DIP", name=f"{word} view", query="view=all", kept_at=at
        )
        absence = reviews.Absence.objects.create(
            person_id=lead, starts_on=at.date(), ends_on=at.date(), entered_at=at,
            entered_by_name=f"{word} Lead",
        )  # fmt: skip
        draft = reviews.Draft.objects.create(
            **of, part=part, question="A01", body="DIP", kind="COMMENT", subject=f"{word} draft",
            text=f"{word} drafted", version=version, author_id=made.admin.person_id,
            author_name=f"{word} Reader", written_at=at, changed_at=at,
        )  # fmt: skip
        reviews.Acceptance.objects.create(
            **of, part=part, question="A01", body="DIP", version=version, sha256=version.sha256,
            at=at, by_id=made.admin.person_id, by_name=f"{word} Reader",
        )  # fmt: skip
        request = reviews.ReopenRequest.objects.create(
            **on, sections=[{"part": str(part.pk), "section": "H"}], reason=f"{word} reason",
            requested_at=at, requested_by_name=word,
        )  # fmt: skip
        letter = reviews.DelegationLetter.objects.create(
            **on, delegate_id=made.admin.person_id, delegate_name=f"{word} Delegate",
            director_name=f"{word} Director", file=stored, status="DRAFTED", drafted_at=at,
            drafted_by_name=word,
        )  # fmt: skip
        shown = sign_off.content_to_sign(made.qualification)
        signed = reviews.SignOff.objects.create(
            **on, status="SIGNED", signer_id=made.admin.person_id, signer_name=f"{word} Signer",
            capacity="DIRECTOR", statement=f"{word} statement", content=shown.text,
            content_sha256=shown.sha256, signed_at=at,
        )  # fmt: skip
        reviews.DipUserConfirmation.objects.create(**on, status="CONFIRMED", at=at, by_name=word)
        reviews.Accession.objects.create(**on, body="BSC", at=at, by_name=word, note=word)
        reviews.ManagementAssertion.objects.create(
            **on, mpids_remaining=["ZZZZ"], complete_by=at.date(), text=f"{word} assertion",
            made_at=at, made_by_name=word,
        )  # fmt: skip
        decision = reviews.Decision.objects.create(
            **on, body="BSC", outcome="DEFERRED", reasons=f"{word} reasons",
            decided_on=at.date(), sign_off=signed, recorded_at=at, recorded_by_name=word,
        )  # fmt: skip
        exemption = reviews.Exemption.objects.create(
            **on, mpid="ZZZZ", kind="SMART", status="REQUESTED", status_since=at,
            reasons=f"{word} reasons", plan=f"{word} plan", conditions=f"{word} conditions",
            asked_at=at, asked_by_name=f"{word} Asker",
        )  # fmt: skip
        reviews.ExemptionStep.objects.create(
            **of, exemption=exemption, at=at, what=f"{word} step", text=word, by_name=word
        )
        reviews.Appeal.objects.create(
            **of, decision=decision, lodged_on=at.date(), grounds=f"{word} grounds", lodged_at=at,
            lodged_by_name=f"{word} Director",
        )  # fmt: skip
        pack = reviews.Pack.objects.create(
            title=f"{word} pack", body="BSC", qualifications=[made.qualification.pk],
            status="READY", job_id=thread.pk, file_id=stored.pk, asked_at=at,
            asked_by_name=word,
        )  # fmt: skip
    gate = entry.gate_actor(made.admin.person)
    with acting_as(gate):
        token, _ = tokens.create_token(name=word, actor=gate, at=at)
        feed, _ = feeds.make_feed(name=word, actor=gate, at=at)
    made.keys |= {
        "invitation": invitation.pk,
        "secret": secret,
        "report": report.pk,
        "plan": plan.pk,
        "reopening": request.pk,
        "letter": letter.pk,
        "pack": pack.pk,
        "token": token.pk,
        "feed": feed.pk,
        "file": stored.pk,
        "part": part.pk,
        "thread": thread.pk,
        "drafted": draft.pk,
        "absence": absence.pk,
        "meeting": meeting.pk,
        "decision": decision.pk,
        "exemption": exemption.pk,
        "view": view.pk,
        "wording": wording.pk,
        "sign_off": signed.pk,
    }


def _know(made: Canary) -> None:
    """Collect what tells that something of this organisation got out."""
    rows: dict[str, Any] = {}
    with acting_as(PORTAL):
        for model in tenant_models():
            keys = model._base_manager.filter(organisation_id=made.organisation.pk)
            found = list(keys.values_list("pk", flat=True))
            assert found, f"{model.__name__}: the canary has no row of it; give it one"
            rows[model._meta.model_name] = found
        mpids = Mpid.objects.filter(organisation=made.organisation).values_list("code", flat=True)
        people_ = Membership.objects.filter(organisation=made.organisation)
        persons = list(people_.values_list("person_id", flat=True))
        waiting = Invitation.objects.filter(organisation=made.organisation)
        assert waiting.exists()
        made.keys["mpid"] = mpids[0]
    identifiers = {key for found in rows.values() for key in found} | set(persons)
    identifiers |= {made.organisation.pk}
    made.marks = {str(key).encode() for key in identifiers if isinstance(key, UUID)}
    made.marks |= {made.word.encode(), made.word.title().encode()}
    for name, found in rows.items():
        made.keys.setdefault(name, found[0])
    with acting_as(PORTAL):
        made.keys["scenario"] = waves.Scenario.objects.values_list("pk", flat=True)[0]
        made.keys["draft"] = waves.TimetableDraft.objects.values_list("pk", flat=True)[0]
    made.keys["flag"] = rows["dependant"][0]
    made.keys["key"] = rows["deliverable"][0]  # the things of testing are reached by kind and key
    made.keys |= {
        "organisation": made.organisation.slug,
        "qualification": made.qualification.pk,
        "membership": made.admin.pk,
        "person": made.admin.person_id,
    }
