"""Limiting a member to single sections: what only this floor can list, kept by the one below."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from foundation.clock import moments
from foundation.ui.blocks import Action
from foundation.ui.pages import FormPage, Head
from foundation.ui.parts import Link
from participants import grants, policy, queries
from participants.access.forms import form_page, taken
from participants.models import Area, Membership, Organisation, Qualification
from participants.services import people
from submissions import bank
from submissions.template_types import SCOPES, Section

ORGANISATION, ROLE = SCOPES
WHOLE = "organisation"  # the name of the field of the organisation's own sections
LEAD = (
    "Tick the sections that this person may write and submit. With nothing ticked, every section"
    " is open to them. Reading is never limited; a limited person cannot submit the whole QAD."
)


def sections_for(qualification: Qualification | None) -> list[Section]:
    """Return the sections of the template in force that a part has questions in."""
    template = bank.current()[1]
    if qualification is None:
        return [each for each in template.sections if each.in_scope(ORGANISATION)]
    role = qualification.role
    return [
        section
        for section in template.sections
        if any(not one.roles or role in one.roles for one in section.in_scope(ROLE))
    ]


class LimitsForm(forms.Form):
    """A box for each section, by part."""

    def __init__(
        self,
        *args,
        qualifications: Iterable[Qualification],
        granted: Iterable[Area] = (),
        **kwargs,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parts: dict[str, Qualification | None] = {WHOLE: None}
        self.parts |= {f"q{each.pk}": each for each in qualifications}
        held: dict[UUID | None, list[str]] = {}
        for area in granted:
            held.setdefault(area.qualification_id, []).append(area.section)
        for name, part in self.parts.items():
            self.fields[name] = forms.MultipleChoiceField(
                required=False,
                label=str(part) if part else "The organisation",
                choices=[(s.code, f"{s.code} {s.title}") for s in sections_for(part)],
                widget=forms.CheckboxSelectMultiple,
                initial=held.get(part.pk if part else None, []),
            )

    def chosen(self) -> Iterator[tuple[Qualification | None, str]]:
        """Yield the ticked sections with their part."""
        for name, part in self.parts.items():
            for section in self.cleaned_data[name]:
                yield part, section


@require_http_methods(["GET", "HEAD", "POST"])
def limits(request: HttpRequest, organisation: str, membership: UUID) -> HttpResponse:
    """Choose the sections that a member may write (QA&P 10.3)."""
    found = get_object_or_404(queries.organisations(request.actor), slug=organisation)
    member = get_object_or_404(queries.members(found.pk), pk=membership)
    policy.require(request.actor, "people.manage", member)
    held = queries.of_organisation(request.actor, found.pk)
    granted = grants.granted_sections(found.pk).get(member.person_id, ())
    form = LimitsForm(request.POST or None, qualifications=held, granted=granted)
    if request.method == "POST" and taken(form, lambda _: _limit(request, member, form)):
        messages.success(request, f"Saved: what {member.person.name} may write.")
        return redirect("participants:member", found.slug, member.pk)
    return form_page(request, _page(found, member, form), form)


def _limit(request: HttpRequest, member: Membership, form: LimitsForm) -> Membership:
    areas = [
        people.ensure_area(
            organisation_id=member.organisation_id, qualification=part, section=section
        )
        for part, section in form.chosen()
    ]
    return people.change_membership(
        membership=member, areas=areas, actor=request.actor, at=moments.now()
    )


def _page(organisation: Organisation, member: Membership, form: LimitsForm) -> FormPage:
    back = reverse("participants:member", args=[organisation.slug, member.pk])
    everybody = reverse("participants:people", args=[organisation.slug])
    return FormPage(
        head=Head(
            title=f"What {member.person.name} may write",
            lead=LEAD,
            crumbs=[Link("People", everybody), Link(member.person.name, back), Link("Sections")],
        ),
        form=form,
        submit=Action(text="Save", kind="primary", method="submit"),
        cancel=Link("Cancel", back),
    )
