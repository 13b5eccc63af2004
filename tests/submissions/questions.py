"""A question for tests of pure rules."""

from submissions.template_types import Column, Question


def question(code: str = "A01", kind: str = "TEXT", columns: list[str] | None = None) -> Question:
    """Return a question of the given kind; a table where columns are named."""
    return Question(
        code=code, section=code[0], title="A question", ask="What?", guidance="", criterion=(),
        phase="IF", kind="TABLE" if columns else kind, also=(), choices=(), options=(),
        columns=tuple(Column(key=key, label=key.upper(), type="TEXT") for key in columns or ()),
        statement="", unit="", mandatory=True, evidence=(), evidence_required=False,
        min_words=None, scope="ROLE", roles=(), routes="", reviewers="ROLE", dip=False, when=(),
        source="", tags=(),
    )  # fmt: skip
