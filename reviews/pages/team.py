"""Sharing out a body's reading: the team, who reads what of an organisation, who could."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import day, since
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Empty, Fact
from foundation.ui.counting import counted, joined
from foundation.ui.pages import Column, FormPage, Head, Row, Table
from foundation.ui.parts import Link, Quiet, Status, Words
from participants import policy
from participants.models import Organisation, Person
from participants.pages.general import Section, SectionsPage
from reviews.assigning import Candidate, ranked, standing, suggested, why_suggested
from reviews.models import Absence, Assignment, Conflict
from submissions import bank
from submissions.models import Part
from submissions.presenters.versions import name_of

TEAM = "reviews:team"


def team_page(
    actor: Actor,
    members: Sequence[Person],
    loads: Mapping[UUID, int],
    away: Sequence[Absence],
    conflicts: Sequence[Conflict],
    today: date,
) -> SectionsPage:
    """Return a body's reviewers with what waits for each, who is away, who is recused."""
    queue = reverse("reviews:queue")
    waiting = sum(loads.values())
    return SectionsPage(
        head=Head(
            title=f"The reviewers of {actor.body}",
            lead=f"{counted(waiting, 'answer')[:1].upper()}{counted(waiting, 'answer')[1:]} with"
            " somebody to read now. Only your body sees this page.",
            actions=[
                Action(text="What nobody reads yet", url=f"{queue}?reader=none"),
                Action(text="Enter days away", url=reverse("reviews:away")),
            ],
            browser_title="Team",
        ),
        sections=[
            Section(title="Who reads", table=_members(members, loads, today)),
            Section(
                title="Days away",
                table=_absences(actor, away, today),
                empty=Empty(title="Nobody is going to be away."),
            ),
            Section(
                title="Conflicts of interest",
                note="Who declared one judges nothing of that organisation; the portal refuses it.",
                table=_conflicts(conflicts),
                empty=Empty(title="Nobody declared one."),
            ),
        ],
    )


def _members(members: Sequence[Person], loads: Mapping[UUID, int], today: date) -> Table:
    return Table(
        caption="Reviewers, with what waits for their eyes",
        columns=[
            Column(label="Name"),
            Column(label="Answers to read", align="end"),
            Column(label="Parts and sections", align="end"),
            Column(label="Away"),
            Column(label="Conflicts", align="end"),
        ],
        rows=[
            Row(
                cells=[
                    each.name,
                    str(loads.get(each.pk, 0)),
                    str(each.assigned),
                    _away(each),
                    str(each.conflicts or ""),
                ]
            )
            for each in members
        ],
    )


def _away(each: Person) -> Words:
    if each.away_until is None:
        return ""
    cover = f"; {each.cover_name} covers" if each.cover_name else "; nobody covers"
    return [Status(f"until {day(each.away_until)}", "paused"), Quiet(cover)]


def _absences(actor: Actor, away: Sequence[Absence], today: date) -> Table | None:
    if not away:
        return None
    return Table(
        caption="Days away that are not over, the nearest first",
        columns=[
            Column(label="Name"),
            Column(label="From"),
            Column(label="To"),
            Column(label="Covered by"),
            Column(label="Entered by"),
        ],
        rows=[
            Row(
                url=reverse("reviews:absence", args=[each.pk]),
                cells=[
                    each.person.name,
                    day(each.starts_on),
                    day(each.ends_on),
                    each.cover.name if each.cover else "Nobody",
                    each.entered_by_name,
                ],
            )
            for each in away
        ],
    )


def _conflicts(conflicts: Sequence[Conflict]) -> Table | None:
    if not conflicts:
        return None
    return Table(
        caption="Conflicts of interest that stand, newest first",
        columns=[
            Column(label="Organisation"),
            Column(label="Who"),
            Column(label="Since"),
            Column(label="What it is"),
        ],
        rows=[
            Row(
                url=reverse("reviews:conflict", args=[each.organisation.slug]),
                cells=[
                    each.organisation.name,
                    each.person.name,
                    day(each.declared_at),
                    each.reason,
                ],
            )
            for each in conflicts
        ],
    )


# --- one organisation ---------------------------------------------------------------------


def sharing_page(
    actor: Actor,
    place: Organisation,
    parts: Sequence[Part],
    assigned: Mapping[tuple[UUID, str], Assignment],
    conflicts: Sequence[Conflict],
    now: datetime,
) -> SectionsPage:
    """Return who of a body reads which part and section of an organisation."""
    names = joined([each.person.name for each in conflicts])
    own = any(each.person_id == actor.person_id for each in conflicts)
    facts = [Fact(label="Recused", value=names)] if conflicts else []
    declare = Action(
        text="Your conflict of interest" if own else "Declare a conflict of interest",
        url=reverse("reviews:conflict", args=[place.slug]),
    )
    return SectionsPage(
        head=Head(
            title=f"Who reads {place.name}",
            lead=f"For {actor.body}. A section's own reader comes before the reader of the whole"
            " part.",
            crumbs=[Link("Team", reverse(TEAM)), Link(place.name)],
            actions=[declare],
        ),
        facts=facts,
        sections=[
            Section(title=name_of(part), table=_sections(actor, place, part, assigned, now))
            for part in parts
        ]
        or [Section(title="Nothing to read", empty=Empty(title="No part of a QAD is open yet."))],
    )


def _sections(
    actor: Actor,
    place: Organisation,
    part: Part,
    assigned: Mapping[tuple[UUID, str], Assignment],
    now: datetime,
) -> Table:
    scope = "ORGANISATION" if part.is_organisation_part else "ROLE"
    asked = [each for each in bank.of_part(part).sections if each.in_scope(scope)]
    lines = [("", "The whole part"), *((each.code, f"{each.code} {each.title}") for each in asked)]
    may = policy.may(actor, "reader.assign", part.qualification)
    whole = assigned.get((part.pk, ""))
    return Table(
        caption=f"Readers of {name_of(part)}",
        columns=[Column(label="Section"), Column(label="Reader"), Column(label="Given")],
        rows=[
            Row(
                url=give_url(place, part, code) if may else "",
                cells=[title, *_reader(assigned.get((part.pk, code)), whole, now)],
            )
            for code, title in lines
        ],
    )


def _reader(own: Assignment | None, whole: Assignment | None, now: datetime) -> tuple[Words, Words]:
    if own is not None:
        because = f": {own.because}" if own.because else ""
        return own.person.name, Quiet(f"{since(own.at, now)} by {own.by_name}{because}")
    if whole is not None:
        return Quiet(f"{whole.person.name}, with the whole part"), ""
    return Quiet("Nobody yet"), ""


def give_url(place: Organisation, part: Part, section: str = "") -> str:
    """Return the form at which a part or section is given to a reader."""
    url = reverse("reviews:give", args=[place.slug, part.pk])
    return f"{url}?section={section}" if section else url


def choices(candidates: Sequence[Candidate]) -> list[tuple[str, str]]:
    """Return who may be chosen, each with what speaks for and against them."""
    free = (one for one in ranked(candidates) if one.is_free)
    return [(str(one.person_id), f"{one.name}: {standing(one)}") for one in free]


def give_form(
    place: Organisation,
    part: Part,
    section: str,
    candidates: Sequence[Candidate],
    now: Assignment | None,
    form: BaseForm,
) -> FormPage:
    """Return the form with its suggestion, and who cannot be chosen and why."""
    best = suggested(candidates)
    barred = [f"{one.name}: {standing(one)}." for one in candidates if not one.is_free]
    what = f"section {section} of {name_of(part)}" if section else name_of(part)
    said = f"Suggested: {why_suggested(best, candidates)}" if best else "Nobody is free for it."
    back = reverse("reviews:sharing", args=[place.slug])
    return FormPage(
        head=Head(
            title=f"Who reads {what}?",
            lead=f"{place.name}. {f'Now {now.person.name}.' if now else 'Nobody reads it yet.'}",
            crumbs=[Link("Team", reverse(TEAM)), Link(place.name, back), Link("Give")],
        ),
        before=said,
        form=form,
        submit=Action(text="Give it", kind="primary", method="submit"),
        also=Action(
            text="Take it back", method="submit", name="take", value="back",
            attrs={"formnovalidate": ""},
        )
        if now
        else None,
        cancel=Link("Cancel", back),
        note=f"Not to be chosen. {' '.join(barred)}" if barred else "",
    )  # fmt: skip


# --- days away and conflicts --------------------------------------------------------------


def away_form(form: BaseForm) -> FormPage:
    """Return the form of days away."""
    return FormPage(
        head=Head(
            title="Days away",
            lead="Nothing new is given to somebody who is away. Clocks go on.",
            crumbs=[Link("Team", reverse(TEAM)), Link("Days away")],
        ),
        form=form,
        submit=Action(text="Enter these days", kind="primary", method="submit"),
        cancel=Link("Cancel", reverse(TEAM)),
    )


def absence_page(each: Absence) -> FormPage:
    """Return the question whether days away are to be taken out."""
    return FormPage(
        head=Head(
            title=f"{each.person.name}, away from {day(each.starts_on)} to {day(each.ends_on)}",
            lead=f"Covered by {each.cover.name if each.cover else 'nobody'}.",
            crumbs=[Link("Team", reverse(TEAM)), Link("Days away")],
        ),
        submit=Action(text="Take these days out", kind="primary", method="submit"),
        cancel=Link("Leave them", reverse(TEAM)),
    )


def conflict_page(
    actor: Actor, place: Organisation, conflicts: Sequence[Conflict], form: BaseForm | None
) -> FormPage:
    """Return what stands of conflicts with an organisation, and the form to declare or end one."""
    back = reverse("reviews:sharing", args=[place.slug])
    others = [each for each in conflicts if each.person_id != actor.person_id]
    ends = policy.may(actor, "reader.assign") and others
    told = [
        Fact(label=each.person.name, value=each.reason, note=f"since {day(each.declared_at)}")
        for each in conflicts
    ]
    submit = Action(text="Declare it", kind="primary", method="submit")
    if form is None:
        submit = Action(text="Go back", url=back)
    return FormPage(
        head=Head(
            title=f"Conflicts of interest with {place.name}",
            lead="Who declares one judges nothing of this organisation from then on; what they had"
            " to read goes back to the body, and its leads are told at once.",
            crumbs=[Link("Team", reverse(TEAM)), Link(place.name, back), Link("Conflicts")],
        ),
        facts=told,
        form=form,
        submit=submit,
        also=Action(
            text=f"End the conflict of {others[0].person.name}", method="submit", name="end",
            value=str(others[0].pk), attrs={"formnovalidate": ""},
        )
        if ends
        else None,
        cancel=Link("Cancel", back) if form else None,
        note="" if form else "You declared one. Another lead of your body can end it.",
    )  # fmt: skip
