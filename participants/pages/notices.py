"""Notices to the reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from foundation.clock.words import instant, since
from foundation.notices.models import MailState, Notice
from foundation.ui.blocks import Action, Empty, Filter, Pagination
from foundation.ui.pages import Head
from foundation.ui.parts import Link, Status, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """One notice: when, what, and the button that marks it as read."""

    when: str
    said_at: str
    subject: Words
    text: str
    status: Status | None
    mark: Action | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticesPage:
    """``participants/notices.html``."""

    head: Head
    lines: Sequence[NoticeLine]
    empty: Empty
    filters: Sequence[Filter] = ()
    pagination: Pagination | None = None


def notices_page(
    notices: Sequence[Notice],
    *,
    slug: str,
    filters: Sequence[Filter],
    pagination: Pagination | None,
    now: datetime,
) -> NoticesPage:
    """Return the reader's notices, newest first; ``slug`` is empty at a desk."""
    all_read = Action(
        text="Mark all as read", url=_url("read_notices", slug), method="post", kind="quiet"
    )
    some = any(each.read_at is None for each in notices)
    return NoticesPage(
        head=Head(title="Notices", actions=[all_read] if some else []),
        lines=[_line(each, slug, now) for each in notices],
        filters=filters,
        empty=Empty(
            title="No notices",
            text="You are told here, and by mail, when something becomes yours to do or changes.",
        ),
        pagination=pagination,
    )


def _line(notice: Notice, slug: str, now: datetime) -> NoticeLine:
    unread = notice.read_at is None
    return NoticeLine(
        when=since(notice.created_at, now),
        said_at=instant(notice.created_at),
        subject=Link(notice.subject, notice.path),
        text=notice.text,
        status=_status(notice),
        mark=Action(
            text="Mark as read",
            url=_url("read_notice", slug, notice.pk),
            method="post",
            kind="quiet",
            small=True,
        )
        if unread
        else None,
    )


def _status(notice: Notice) -> Status | None:
    if notice.mail_state == MailState.DEAD:
        return Status("The mail could not be sent", "overdue")
    return Status("New", "diamond") if notice.read_at is None else None


def _url(name: str, slug: str, *args: object) -> str:
    if slug:
        return reverse(f"participants:{name}", args=[slug, *args])
    return reverse(f"participants:desk_{name}", args=args)
