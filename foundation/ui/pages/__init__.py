"""What each page template is given: one dataclass a page, plain values throughout.

A view builds the dataclass and renders the template named in its docstring with the
context ``{"page": page}``. ``Words`` is a string, a part of ``foundation.ui.parts``
(Link, DateLink, Strong, Status, ...), or a sequence of both.
"""

from foundation.ui.pages.general import (
    Column,
    ErrorPage,
    FormPage,
    Head,
    ListPage,
    Row,
    Table,
)
from foundation.ui.pages.participant import (
    Countdown,
    EvidenceList,
    Guidance,
    HistoryRow,
    HomeParticipant,
    News,
    QadTaskList,
    QuestionPage,
    SectionGroup,
    SectionRow,
    SignOff,
    SignOffRow,
    SignOffSection,
    SubmitPanel,
    Task,
    Wait,
)
from foundation.ui.pages.review import (
    LoadDay,
    MatrixBand,
    MatrixColumn,
    MatrixRow,
    Opinion,
    QualifiedMatrix,
    QueuePage,
    QueueRow,
    ReviewQuestion,
    SameAsk,
    SideRow,
)

__all__ = [
    "Column",
    "Countdown",
    "ErrorPage",
    "EvidenceList",
    "FormPage",
    "Guidance",
    "Head",
    "HistoryRow",
    "HomeParticipant",
    "ListPage",
    "LoadDay",
    "MatrixBand",
    "MatrixColumn",
    "MatrixRow",
    "News",
    "Opinion",
    "QadTaskList",
    "QualifiedMatrix",
    "QuestionPage",
    "QueuePage",
    "QueueRow",
    "ReviewQuestion",
    "Row",
    "SameAsk",
    "SectionGroup",
    "SectionRow",
    "SideRow",
    "SignOff",
    "SignOffRow",
    "SignOffSection",
    "SubmitPanel",
    "Table",
    "Task",
    "Wait",
]
