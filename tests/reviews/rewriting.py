"""Changing an answer of a scene and handing the change in."""

from foundation.tenancy.acting import acting_as
from submissions.services import answering, submitting
from tests.submissions import builders as qads


def rewrite(here, code="H03", text="We restart within one hour now.", submit=True):
    """Change an answer of the role part and hand the change in."""
    part, subject = here.part(), here.fresh()
    with acting_as(here.admin):
        before = answering.Answer.objects.get(part=part, question=code)
        sent = qads.Content(text=text, value=before.value, is_ready=True)
        answering.save_answer(
            part=part, question_code=code, sent=sent, revision=before.revision,
            actor=here.admin, at=here.tick(),
        )  # fmt: skip
        if submit:
            submitting.submit_changes(qualification=subject, actor=here.admin, at=here.tick())
