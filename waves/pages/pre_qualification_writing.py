"""Writing the Pre-Qualification Submission: the form, the check before it goes, two texts met."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.urls import reverse

from foundation.ui.blocks import Action, Merge, MergeRow, MergeSide, Run
from foundation.ui.pages import Head
from foundation.ui.parts import Link, Status
from participants.models import Organisation
from participants.pages.general import Section, SectionsPage
from waves.forms.joining import WISH
from waves.pages.pre_qualification import TITLE, facts_of
from waves.pre_qualification import (
    BOTH,
    CHOICE,
    LABELS,
    LEGACY,
    THEIRS,
    YOURS,
    Meeting,
    content_of,
    merged,
    words,
)
from waves.queries.joining import Written

_WAVE = ("preferred_route", f"{WISH}*")
_GROUPS = (
    ("Wave", "", _WAVE),
    ("Contact", "", ("key_contact_name", "key_contact_email")),
    (
        "PIT and migration",
        "The plan may change later; earlier versions stay (QA&P 10.5.1).",
        ("pit_approach", "pit_timescales", "pit_complete_on", "target_migration_on"),
    ),
    ("Reliance and MPIDs", "", ("reliance", "mpids_not_taken_forward")),
    (
        "Legacy readiness",
        "For the assurance of today's arrangements. It is no part of the MHHS assessment, and the"
        " DIP Manager and the Programme do not read it (QA&P 7.3.2).",
        (LEGACY,),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldGroup:
    """Fields of the form under one heading."""

    title: str
    note: str
    fields: Sequence[BoundField]


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingPage:
    """``waves/pre_qualification_form.html``: saves itself, and by its button without script."""

    head: Head
    form: BaseForm
    groups: Sequence[FieldGroup]
    save_url: str
    back: Link
    revision: int
    seen: str
    offline_key: str
    saved: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage(SectionsPage):
    """``waves/pre_qualification_check.html``: what goes, and what is still missing."""

    missing: Sequence[Link] = ()


def writing_page(written: Written, form: BaseForm, *, revision: int, seen: str) -> WritingPage:
    """Return the form with what is saved, or what was typed."""
    slug = written.organisation.slug
    back = reverse("waves:pre_qualification", args=[slug])
    groups = [
        FieldGroup(title=title, note=note, fields=fields)
        for title, note, names in _GROUPS
        if (fields := _fields(form, names))
    ]
    return WritingPage(
        head=Head(
            title="Write the submission",
            crumbs=[Link(TITLE, back), Link("Write")],
            lead="It saves itself while you write. The bodies read it once you hand it in.",
        ),
        form=form,
        groups=groups,
        save_url=reverse("waves:write_pre_qualification", args=[slug]),
        back=Link("Back without saving", back),
        revision=revision,
        seen=seen or seen_of(written),
        offline_key=f"pqs:{written.organisation.pk}",
        saved=f"Saved, revision {revision}" if revision and not form.errors else "",
    )


def seen_of(written: Written) -> str:
    """Return what is saved, as a page carries it along."""
    return json.dumps(content_of(written.submission)) if written.submission else "{}"


def check_page(written: Written, missing: Mapping[str, str], *, asks_legacy: bool) -> CheckPage:
    """Return what is about to be handed in, with everything that is missing."""
    slug, submission = written.organisation.slug, written.submission
    back = reverse("waves:write_pre_qualification", args=[slug])
    content = content_of(submission)
    go = Action(
        text="Hand it in",
        url=reverse("waves:submit_pre_qualification", args=[slug]),
        method="post",
        kind="primary",
        hidden={"revision": str(submission.revision)},
    )
    legacy = [Section(title="Legacy readiness", note=content[LEGACY] or "Not given")]
    return CheckPage(
        head=Head(
            title="Check and hand in",
            crumbs=[
                Link(TITLE, reverse("waves:pre_qualification", args=[slug])),
                Link("Write", back),
                Link("Check"),
            ],
            lead="What you hand in is kept as a version and does not change any more.",
        ),
        sections=[
            Section(title="What it says", facts=facts_of(content)),
            *(legacy if asks_legacy else ()),
            Section(
                title="Hand it in",
                note="The code bodies accept it, or return it and say why."
                if not missing
                else "First give what is missing.",
                actions=[*(() if missing else (go,)), Action(text="Back to writing", url=back)],
            ),
        ],
        missing=[
            Link(f"{LABELS[name]}: {said}", f"{back}#id_{_anchor(name)}")
            for name, said in missing.items()
        ],
    )


def merge_of(
    organisation: Organisation,
    met: Sequence[Meeting],
    choices: Mapping[str, str],
    *,
    hidden: Mapping[str, str],
    revision: int,
) -> Merge:
    """Return two texts of the submission: what fits together, and what is to be chosen."""
    slug = [organisation.slug]
    is_ready = merged(met, choices) is not None
    note = f"Revision {revision + 1}" if is_ready else "Choose one side in each row first."
    return Merge(
        title="The submission was changed elsewhere too",
        lead="Nothing is lost. Where only one side changed a field, that side is taken.",
        rows=[_row(each, choices.get(each.field)) for each in met],
        base_label="as you opened it",
        theirs_label=f"saved, revision {revision}",
        yours_label="not saved yet",
        post_url=reverse("waves:merge_pre_qualification", args=slug),
        hidden=hidden,
        result=[Run(kind="same", text="As the rows above say.")],
        result_note=note,
        actions=[
            Action(text="Save so", kind="primary", method="submit", name="then", value="save"),
            Action(
                text="Leave what is saved", url=reverse("waves:write_pre_qualification", args=slug)
            ),
        ],
    )


def _fields(form: BaseForm, names: Sequence[str]) -> list[BoundField]:
    wishes = [name for name in form.fields if name.startswith(WISH)]
    wanted = [each for name in names for each in (wishes if name.endswith("*") else [name])]
    return [form[name] for name in wanted if name in form.fields]


def _anchor(name: str) -> str:
    return f"{name}_0" if name.endswith("_on") else name


def _row(each: Meeting, chosen: str | None) -> MergeRow:
    base, theirs, yours = (words(each.field, side) for side in (each.base, each.theirs, each.yours))
    label = LABELS[each.field]
    if each.kind != CHOICE:
        said = {THEIRS: "Theirs taken", YOURS: "Yours taken", BOTH: "The same"}[each.kind]
        return MergeRow(
            status=Status(said, "check"),
            note=label,
            base=base,
            theirs=_run(theirs) if each.kind != YOURS else (),
            yours=_run(yours) if each.kind != THEIRS else (),
        )
    return MergeRow(
        status=Status("Your choice", "your_move"),
        note=label,
        base=base,
        name=f"c-{each.field}",
        sides=[
            _side(theirs, THEIRS, "Keep theirs", chosen),
            _side(yours, YOURS, "Keep mine", chosen),
        ],
    )


def _run(text: str) -> list[Run]:
    return [Run(kind="ins", text=text or "Left empty")]


def _side(text: str, value: str, label: str, chosen: Any) -> MergeSide:
    return MergeSide(runs=_run(text), value=value, label=label, chosen=chosen == value)
