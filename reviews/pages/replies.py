"""What waits for a participant's reply, as the panel of its task list."""

from collections.abc import Sequence

from foundation.ui.blocks import Empty
from foundation.ui.pages import Column, Head, ListPage, Row, Table
from foundation.ui.parts import Mark
from reviews.models import Thread
from reviews.pages.threads import Setting, held_for, question_url, status_of


def panel(setting: Setting, rows: Sequence[Thread]) -> ListPage:
    """Return what waits for the reader's reply, for the task list of its QAD."""
    return ListPage(
        head=Head(title="What waits for your reply"),
        table=Table(
            caption="What waits for your reply",
            columns=[
                Column(label="Number"),
                Column(label="Question"),
                Column(label="What"),
                Column(label="State"),
                Column(label="Since"),
            ],
            rows=[
                Row(
                    url=question_url(setting, row),
                    cells=[
                        row.reference,
                        row.question,
                        [Mark(row.body), " ", row.subject],
                        status_of(row, setting),
                        held_for(row, setting.now),
                    ],
                )
                for row in rows
            ],
        )
        if rows
        else None,
        empty=Empty(title="Nothing waits for your reply.", text="The bodies write here."),
    )
