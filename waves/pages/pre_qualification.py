"""The Pre-Qualification Submission as it is read: what it says, its versions, what was decided."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import day, instant
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Empty, Fact, Note
from foundation.ui.pages import Column, FormPage, Head, Row, Table
from foundation.ui.parts import Deleted, Inserted, Link, Quiet, Status
from participants import policy
from participants.models import Organisation
from participants.pages.general import Section, SectionsPage
from waves.enums import PreQualificationState as State
from waves.models import PreQualification, PreQualificationVersion
from waves.pre_qualification import (
    FIELDS,
    LABELS,
    LEGACY,
    Content,
    content_of,
    differences,
    left_behind,
    words,
)
from waves.queries.joining import Written, decision_on, reads_legacy, shown_content

TITLE = "Pre-Qualification Submission"
_STATES = {
    State.DRAFT: Status("", "draft"),
    State.RECEIVED: Status("Received", "submitted"),
    State.ACCEPTED: Status("", "accepted"),
}
_RETURNED = Status("Returned", "your_move")


def submission_page(
    written: Written, *, is_late: bool, codes: Sequence[str], actor: Actor
) -> SectionsPage:
    """Return what the submission says, how it changed, and what can be done with it."""
    submission = written.submission
    content = shown_content(written, actor)
    return SectionsPage(
        head=Head(
            title=TITLE,
            kicker=_state(written) if submission else None,
            lead="Preferred wave, PIT and migration, before places are given (QA&P 9.3.2).",
            actions=_acts(written, actor),
        ),
        sections=[
            _what_it_says(written, content, codes, actor),
            *_changes(written, actor),
            *_decisions(submission),
            *(_legacy(content, actor) if content else ()),
            *_earlier(written),
        ],
        notes=_notes(written, is_late, actor),
    )


def return_page(organisation: Organisation, form: BaseForm) -> FormPage:
    """Return the form that sends a submission back."""
    back = reverse("waves:pre_qualification", args=[organisation.slug])
    return FormPage(
        head=Head(
            title="Return the submission",
            crumbs=[Link(TITLE, back), Link("Return")],
            lead="The version that came stays as it is; the organisation hands in another.",
        ),
        form=form,
        submit=Action(text="Return it", kind="primary", method="submit"),
        cancel=Link("Cancel", back),
    )


def facts_of(content: Content, names: Sequence[str] = FIELDS) -> list[Fact]:
    """Return the fields of a text, without the part on legacy arrangements."""
    return [
        Fact(label=LABELS[name], value=words(name, content.get(name, "")) or Quiet("Not given"))
        for name in names
        if name != LEGACY and (name != "preferences" or content.get(name))
    ]


# --- parts


def _state(written: Written) -> Status:
    submission = written.submission
    if submission.state == State.DRAFT and written.versions:
        return _RETURNED
    return _STATES[submission.state]


def _acts(written: Written, actor: Actor) -> list[Action]:
    organisation, submission = written.organisation, written.submission
    found = []
    slug = [organisation.slug]
    if policy.may(actor, "pre_qualification.accept", organisation):
        found += _desk_acts(submission, slug)
        paper = "Change it" if submission else "Enter the submission"
        found.append(Action(text=paper, url=reverse("waves:change_pre_qualification", args=slug)))
    elif policy.may(actor, "pre_qualification.write", organisation) and written.makes_one:
        url = reverse("waves:write_pre_qualification", args=slug)
        text = "Change it" if written.versions else "Write it"
        found.append(Action(text=text, url=url, kind="primary"))
    return found


def _desk_acts(submission: PreQualification | None, slug: list[str]) -> list[Action]:
    state = submission.state if submission else None
    if state == State.RECEIVED:
        return [
            Action(
                text="Accept it",
                url=reverse("waves:accept_pre_qualification", args=slug),
                method="post",
                kind="primary",
            ),
            Action(text="Return it", url=reverse("waves:return_pre_qualification", args=slug)),
        ]
    if state == State.ACCEPTED:
        return [
            Action(
                text="Invite the first master admin", url=reverse("waves:first_admin", args=slug)
            ),
            Action(text="Add a qualification", url=reverse("waves:add_qualification", args=slug)),
        ]
    return []


def _what_it_says(
    written: Written, content: Content | None, codes: Sequence[str], actor: Actor
) -> Section:
    if content is None:
        return Section(title="What it says", empty=_empty(written, actor))
    newest = written.versions[0] if written.versions else None
    meta = f"Version {newest.number}, {_signed(newest)}" if newest else "Not handed in yet"
    facts = facts_of(content)
    if received := written.submission.received_on:
        facts.insert(0, Fact(label="Received", value=day(received)))
    if left := left_behind(content, codes):
        facts.append(Fact(label="Of these known here", value=", ".join(left)))
    return Section(title="What it says", meta=meta, facts=facts)


def _empty(written: Written, actor: Actor) -> Empty:
    if written.submission is not None:
        return Empty(title="Not handed in yet", text="The organisation is writing it.")
    if written.makes_one:
        return Empty(title="No submission", text="Nothing has been written yet.")
    return Empty(
        title="No submission",
        text="Only organisations of the waves make one. The others are set up by hand"
        " (QA&P 4.2, 10.3).",
    )


def _changes(written: Written, actor: Actor) -> list[Section]:
    """What the newest version says otherwise than the one before, for whoever judges it (R31)."""
    if len(written.versions) < 2:
        return []
    newest, before = written.versions[:2]
    found = differences(before.content, newest.content, reads_legacy=reads_legacy(actor))
    rows = [
        Row(
            cells=[
                each.label,
                Deleted(each.before) if each.before else Quiet("Not given"),
                Inserted(each.after) if each.after else Quiet("Not given"),
            ]
        )
        for each in found
    ]
    labels = ("Field", f"Version {before.number}", f"Version {newest.number}")
    table = Table(
        caption="What changed", columns=[Column(label=each) for each in labels], rows=rows
    )
    return [
        Section(
            title="What changed",
            meta=f"Since version {before.number}",
            table=table,
            empty=Empty(title="Nothing", text="The two say the same."),
        )
    ]


def _decisions(submission: PreQualification | None) -> list[Section]:
    rows = [
        Row(
            cells=[
                f"Version {each['version']}",
                _decided(each),
                each["because"],
                f"{each['by']}, {each['body']}".rstrip(", "),
                instant(datetime.fromisoformat(each["at"])),
            ]
        )
        for each in reversed(submission.earlier if submission else [])
    ]
    if not rows:
        return []
    labels = ("Version", "Decision", "Reason", "By", "When")
    table = Table(
        caption="What was decided", columns=[Column(label=each) for each in labels], rows=rows
    )
    return [Section(title="What was decided", table=table)]


def _decided(entry: Mapping[str, Any]) -> Status:
    return Status("", "accepted") if entry["decision"] == "accepted" else _RETURNED


def _legacy(content: Content, actor: Actor) -> list[Section]:
    """What was said for the assurance of the legacy arrangements: the code bodies' own (R30)."""
    if not content.get(LEGACY) or not reads_legacy(actor):
        return []
    return [
        Section(
            title="Legacy readiness",
            meta="No part of the MHHS assessment (QA&P 7.3.2)",
            note=content[LEGACY],
            facts=(Fact(label="Used for", value="Assurance of the legacy arrangements only"),),
        )
    ]


def _earlier(written: Written) -> list[Section]:
    pairs = zip(written.versions, written.versions[1:], strict=False)
    return [
        Section(
            title=f"Plan until {day(later.submitted_at)}",
            meta=f"Version {each.number}, {_signed(each)}",
            facts=facts_of(each.content),
        )
        for later, each in pairs
    ]


def _signed(version: PreQualificationVersion) -> str:
    return f"{version.submitted_by_name}, {instant(version.submitted_at)}"


def _notes(written: Written, is_late: bool, actor: Actor) -> list[Note]:
    submission, found = written.submission, []
    if submission is None:
        return found
    if submission.received_on and not submission.preferred_route:
        found.append(Note(lead="The preferred wave is missing.", kind="at_risk"))
    if is_late:
        text = "It came after the deadline of Appendix C. That is recorded and stops nothing."
        found.append(Note(lead="Late.", text=text, kind="late"))
    decision = decision_on(submission, written.versions[0].number) if written.versions else None
    if submission.state == State.DRAFT and decision and decision["decision"] == "returned":
        text = f"{decision['by']}, {decision['body']}: {decision['because']}"
        found.append(Note(lead="Returned.", text=text, kind="your_move"))
    handed_in = written.versions[0] if written.versions else None
    if actor.is_participant and handed_in and handed_in.content != content_of(submission):
        text = "You have changed it since. The bodies read it when you hand it in again."
        lead = f"Not handed in since version {handed_in.number}."
        found.append(Note(lead=lead, text=text, kind="draft"))
    return found
