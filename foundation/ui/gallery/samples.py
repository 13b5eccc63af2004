"""The sample pages by name: template, frame and data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from foundation.ui.gallery import decision, home, matrix, question, review, task_list
from foundation.ui.gallery.frame import director, review_rail, reviewer, section_rail
from foundation.ui.gallery.frame import participant as of_participant
from foundation.ui.shell import Shell


@dataclass(frozen=True, slots=True)
class Sample:
    """One page of the gallery."""

    title: str
    template: str
    shell: Callable[[], Shell | None]
    page: Callable[[], object]


PAGES: dict[str, Sample] = {
    "home": Sample(
        "Home of a participant",
        "pages/home_participant.html",
        lambda: of_participant("Home"),
        home.home,
    ),
    "task-list": Sample(
        "Task list of a QAD",
        "pages/qad_task_list.html",
        lambda: of_participant("QAD"),
        task_list.task_list,
    ),
    "question": Sample("A question", "pages/question.html", section_rail, question.question),
    "question-locked": Sample(
        "A question, locked", "pages/question.html", section_rail, question.question_locked
    ),
    "queue": Sample(
        "A reviewer's queue", "pages/queue.html", lambda: reviewer("My queue"), review.queue
    ),
    "review": Sample(
        "An answer under review", "pages/review_section.html", review_rail, review.question
    ),
    "matrix": Sample(
        "Qualified yet?",
        "pages/qualified_matrix.html",
        lambda: reviewer("Qualified yet?"),
        matrix.matrix,
    ),
    "sign-off": Sample("Sign-off", "pages/sign_off.html", director, decision.sign_off),
    "list": Sample(
        "A list", "pages/list.html", lambda: reviewer("Findings"), decision.findings_list
    ),
    "empty": Sample(
        "An empty list",
        "pages/list.html",
        lambda: of_participant("Findings and plans"),
        decision.empty_list,
    ),
    "form": Sample(
        "A form with errors", "pages/form.html", lambda: of_participant("People"), decision.form
    ),
    "refused": Sample(
        "Refused", "errors/409.html", lambda: of_participant("QAD"), decision.refused
    ),
}


def sample(name: str) -> dict[str, object]:
    """The context of one sample page."""
    chosen = PAGES[name]
    return {"shell": chosen.shell(), "page": chosen.page()}
