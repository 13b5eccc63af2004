"""Larger components as tags. Load ``ui``, which brings these too."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from django import template
from django.forms.utils import flatatt
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from foundation.ui import blocks, parts
from foundation.ui.editor import Editor
from foundation.ui.pages import Head, QueueRow, SectionRow, Table
from foundation.ui.road import Road
from foundation.ui.road_drawing import axis_svg, road_svg, row_svg, spoken
from foundation.ui.road_layout import NARROW
from foundation.ui.rows import queue_row, section_row, table_rows
from foundation.ui.status import colour_of
from foundation.ui.ticks import progress_kinds, tick_svg

register = template.Library()
_serial = itertools.count(1)

#: Django's message levels -> state shapes
_LEVELS = {"success": "check", "warning": "triangle", "error": "octagon", "debug": "ring"}


@register.inclusion_tag("components/action.html", takes_context=True)
def action(context: Context, action: blocks.Action, show_reasons: bool = True) -> dict:
    """A button or link; not possible yet, it is drawn so, with its reasons beside it."""
    classes = ["btn", *([f"btn-{action.kind}"] if action.kind != "secondary" else [])]
    if action.small:
        classes.append("btn-small")
    return {
        "action": action,
        "classes": " ".join(classes),
        "attributes": flatatt(dict(action.attrs)),
        "show_reasons": show_reasons,
        "reasons_id": f"why-{next(_serial):x}",
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("components/actions.html", takes_context=True)
def actions(context: Context, actions: Sequence[blocks.Action], wide: bool = False) -> dict:
    """Buttons in a row; on a phone ``wide`` ones take the full width."""
    return {"actions": actions, "wide": wide, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("components/head.html", takes_context=True)
def page_head(
    context: Context,
    head: Head,
    sentence: bool = False,
    filters: Sequence[blocks.Filter] = (),
) -> dict:
    """Title, lead and actions; ``sentence`` sets the one sentence of a home page."""
    return {
        "head": head,
        "sentence": sentence,
        "filters": filters,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("components/crumbs.html")
def crumbs(crumbs: Sequence[parts.Link], aside: parts.Words = "") -> dict:
    """Where the reader is; the last one carries no URL."""
    return {"crumbs": crumbs, "aside": aside}


@register.inclusion_tag("components/facts.html")
def facts(facts: Sequence[blocks.Fact]) -> dict:
    """The bar of facts under a title."""
    return {"facts": facts}


@register.inclusion_tag("components/summary_list.html")
def summary_list(facts: Sequence[blocks.Fact], ruled: bool = False) -> dict:
    """Labels and values below one another; ``ruled`` for pages of checking."""
    return {"facts": facts, "ruled": ruled}


@register.inclusion_tag("components/tabs.html")
def tabs(tabs: Sequence[blocks.Tab], label: str = "Views") -> dict:
    """Views of the same thing, each with its own address."""
    return {"tabs": tabs, "label": label}


@register.inclusion_tag("components/filters.html")
def filters(filters: Sequence[blocks.Filter]) -> dict:
    """Chips; put them in an element of class ``chips``."""
    return {"filters": filters}


@register.inclusion_tag("components/note.html", takes_context=True)
def note(context: Context, note: blocks.Note) -> dict:
    """A message on the page, with its way back."""
    return {
        "note": note,
        "colour": colour_of(note.kind),
        "urgent": colour_of(note.kind) == "crimson",
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("components/notes.html", takes_context=True)
def messages_area(context: Context) -> dict:
    """Django's messages of this request, and the page's own notes."""
    said = [
        blocks.Note(lead=str(message), kind=_LEVELS.get(message.level_tag, "target"))
        for message in context.get("messages") or ()
    ]
    page_notes = getattr(context.get("page"), "notes", ())
    return {"notes": [*said, *page_notes], "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("components/refusal.html")
def refusal(refusal: blocks.Refusal, id: str = "") -> dict:
    """Not yet, and every reason why."""
    return {"refusal": refusal, "id": id}


@register.inclusion_tag("components/refused.html")
def refused(reasons: Sequence[blocks.RefusedReason]) -> dict:
    """The numbered reasons of a refusal page."""
    return {"reasons": reasons}


@register.inclusion_tag("components/empty.html", takes_context=True)
def empty_state(context: Context, empty: blocks.Empty) -> dict:
    """Nothing here yet: why, and what happens next."""
    return {"empty": empty, "csrf_token": context.get("csrf_token")}


# The shorter name serves too, but not directly inside a loop, where it is Django's own word.
register.tags["empty"] = register.tags["empty_state"]


@register.inclusion_tag("components/pagination.html")
def pagination(pagination: blocks.Pagination) -> dict:
    """Where the reader is in a long list."""
    return {"pagination": pagination}


@register.inclusion_tag("components/steps.html")
def steps(steps: Sequence[blocks.Step], extra: str = "") -> dict:
    """The steps of a short way; ``extra`` is a class."""
    return {"steps": steps, "extra": extra}


@register.simple_tag
def approval_cell(cell: blocks.ApprovalCell, label: str = "") -> SafeString:
    """A cell of the matrix, built from strings: a page may hold a hundred."""
    said = format_html('<p class="said">{}</p>', parts.words(cell.text)) if cell.text else ""
    held = (
        format_html('<p class="holder"><strong>{}</strong> {}</p>', cell.holder, cell.since)
        if cell.holder
        else ""
    )
    inside = format_html("{}{}{}{}", cell.status, parts.words(cell.figure), said, held)
    if cell.url:
        inside = format_html('<a class="go" href="{}">{}</a>', cell.url, inside)
    return format_html(
        '<td class="cell {}{}"{} data-head="{}">{}</td>',
        cell.tint,
        " is-settled" if cell.settled else "",
        format_html(' colspan="{}"', cell.span) if cell.span > 1 else "",
        label,
        inside,
    )


@register.simple_tag
def legend_tick(kind: str) -> SafeString:
    """One tick, for a legend."""
    return tick_svg([kind])


@register.simple_block_tag(takes_context=True, end_name="endthread")
def thread(context: Context, content: str, thread: blocks.Thread) -> SafeString:
    """A thread; what stands between the tags takes the place of its reply box."""
    return render_to_string(
        "components/thread.html",
        {
            "thread": thread,
            "slot": content if content.strip() else "",
            "ident": f"{next(_serial):x}",
            "csrf_token": context.get("csrf_token"),
        },
    )


@register.inclusion_tag("components/finding.html", takes_context=True)
def finding(context: Context, finding: blocks.Finding) -> dict:
    """A finding with its four steps, and who alone may clear it."""
    return {"finding": finding, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("components/evidence.html", takes_context=True)
def evidence(context: Context, items: Sequence[blocks.Evidence]) -> dict:
    """Files and references with their states."""
    return {"items": items, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("components/verdict.html", takes_context=True)
def verdict(context: Context, bar: blocks.VerdictBar) -> dict:
    """The sticky foot of a review: equal choices, none chosen."""
    return {"bar": bar, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("components/job.html")
def job(job: blocks.JobProgress) -> dict:
    """Work in the background: ticks and words, asked for again while it runs."""
    return {"job": job, "ticks": parts.Ticks(progress_kinds(job.done, job.total))}


@register.inclusion_tag("components/runs.html")
def runs(runs: Sequence[blocks.Run]) -> dict:
    """A paragraph of a comparison."""
    return {"runs": runs}


@register.inclusion_tag("components/changes.html")
def changes(changes: Sequence[blocks.Change]) -> dict:
    """A comparison: changed paragraphs whole, unchanged ones folded."""
    return {"changes": changes}


@register.simple_block_tag(takes_context=True, end_name="endeditor")
def editor(context: Context, content: str, editor: Editor) -> SafeString:
    """The editor of an answer; what stands between the tags belongs to its form."""
    token = context.get("csrf_token")
    return render_to_string(
        "components/editor.html", {"editor": editor, "slot": content, "csrf_token": token}
    )


@register.inclusion_tag("components/merge.html", takes_context=True)
def merge(context: Context, merge: blocks.Merge) -> dict:
    """Two texts of one answer: base, theirs, yours, and the result."""
    return {"merge": merge, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("components/table.html")
def table(table: Table) -> dict:
    """A table of Words; on a phone each row becomes a block."""
    return {"table": table, "rows": table_rows(table)}


@register.simple_tag(name="section_row")
def row_of_section(row: SectionRow) -> SafeString:
    """One section in a task list."""
    return section_row(row)


@register.simple_tag(name="queue_row")
def row_of_queue(row: QueueRow) -> SafeString:
    """A row of a body's queue."""
    return queue_row(row)


@register.inclusion_tag("components/road.html")
def road(road: Road) -> dict:
    """The road as a picture, with the same dates beneath."""
    return {
        "road": road,
        "map": road_svg(road),
        "narrow": road_svg(road, NARROW) if road.show_narrow else "",
        "spoken": spoken(road),
    }


@register.simple_tag
def road_axis(road: Road) -> SafeString:
    """The months over rows that share their days."""
    return axis_svg(road)


@register.simple_tag
def road_row(road: Road) -> SafeString:
    """A road in small, for one row."""
    return row_svg(road)


@register.inclusion_tag("components/board.html", takes_context=True)
def board(context: Context, boards: Sequence[blocks.Board], label: str = "Board") -> dict:
    """Columns of cards."""
    return {"boards": boards, "label": label, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("components/what_if.html", takes_context=True)
def what_if(context: Context, what_if: blocks.WhatIf) -> dict:
    """The striped head of a page that shows a copy."""
    return {"what_if": what_if, "csrf_token": context.get("csrf_token")}


@register.simple_block_tag(end_name="endsection")
def section(content: str, title: str, meta: parts.Words = "", extra: str = "") -> SafeString:
    """A section under a heading on an ink rule; ``meta`` stands at its right."""
    return render_to_string(
        "components/section.html",
        {"title": title, "meta": meta, "extra": extra, "content": content},
    )
