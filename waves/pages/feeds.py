"""Pages of calendar links: one's own list, the new link shown once, renewing and revoking."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import day
from foundation.ui.blocks import Action, Empty, Fact
from foundation.ui.pages import Column, FormPage, Head, Row, Table
from foundation.ui.parts import Link, Status
from participants.models import Organisation
from participants.pages.general import Section
from waves.models import CalendarFeed

_LEAD = (
    "A private link lets a calendar program show your dates and follow them when they move."
    " Whoever has the link can read them, so keep it as you keep a password."
)
_NOTE = (
    "The link shows what you yourself may read, as whole days of London. It stops when you revoke"
    " it, when your account is closed, and when you no longer belong to the organisation."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedsPage:
    """``waves/feeds.html``: a form above, the links below."""

    head: Head
    form: BaseForm
    post_url: str
    submit: Action
    sections: Sequence[Section]
    facts: Sequence[Fact] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePage:
    """``waves/feed_made.html``: a new link, shown this once."""

    head: Head
    feed: CalendarFeed
    url: str
    subscribe: str
    back: str


def feeds_page(
    feeds: Sequence[CalendarFeed], form: BaseForm, organisation: Organisation | None
) -> FeedsPage:
    """Return a person's links: those of one organisation and of everything, or all."""
    if organisation:
        crumbs = [
            Link("The road", reverse("waves:road", args=[organisation.slug])),
            Link("Calendar"),
        ]
    else:
        crumbs = [Link("Your account", reverse("participants:account")), Link("Calendar")]
    return FeedsPage(
        head=Head(title="Your dates in your calendar", lead=_LEAD, crumbs=crumbs),
        form=form,
        post_url=_home(organisation),
        submit=Action(text="Make a link", kind="primary", method="submit"),
        sections=[_links(feeds, organisation)],
    )


def _links(feeds: Sequence[CalendarFeed], organisation: Organisation | None) -> Section:
    return Section(
        title="Your links",
        note=_NOTE,
        table=Table(
            caption="Your calendar links",
            columns=[
                Column(label="Used in"),
                Column(label="Shows"),
                Column(label="Made"),
                Column(label="Last read"),
                Column(label="State"),
            ],
            rows=[_row(each, organisation) for each in feeds],
        ),
        empty=Empty(title="No link", text="Make one above; it takes effect at once."),
    )


def _row(feed: CalendarFeed, organisation: Organisation | None) -> Row:
    return Row(
        cells=[
            feed.name,
            shows(feed),
            day(feed.created_at),
            day(feed.last_read_at) if feed.last_read_at else "Never",
            Status(f"Revoked {day(feed.revoked_at)}", "dash")
            if feed.revoked_at
            else Status("In force", "check"),
        ],
        url="" if feed.revoked_at else _one(feed, organisation),
    )


def shows(feed: CalendarFeed) -> str:
    """Return in words what a link shows."""
    if feed.about_id is None:
        return "Everything of yours"
    return feed.about.name if feed.about else "An organisation that you left"


def feed_url(secret: str) -> str:
    """Return the address that a calendar program reads."""
    return f"{settings.BASE_URL}{reverse('waves:feed_file', args=[secret])}"


def made_page(feed: CalendarFeed, secret: str, organisation: Organisation | None) -> MadePage:
    """Return the page that shows a link this once."""
    url = feed_url(secret)
    return MadePage(
        head=Head(
            title="Copy your calendar link now",
            lead="It is shown this once. The portal keeps only a hash of it.",
        ),
        feed=feed,
        url=url,
        subscribe=f"webcal://{url.partition('://')[2]}",
        back=_home(organisation),
    )


def feed_page(feed: CalendarFeed, organisation: Organisation | None) -> FormPage:
    """Return the question before a link is revoked, with the other way out: a new address."""
    back = _home(organisation)
    return FormPage(
        head=Head(
            title=f"The calendar link “{feed.name}”",
            lead=(
                "Revoked, it stops at once and for good. A new address keeps the link, and"
                " programs that hold the old address are turned away."
            ),
            crumbs=[Link("Calendar", back), Link(feed.name)],
            actions=[
                Action(
                    text="Give it a new address",
                    url=_one(feed, organisation),
                    method="post",
                    name="act",
                    value="renew",
                )
            ],
        ),
        submit=Action(text="Revoke it", kind="danger", method="submit"),
        cancel=Link("Keep it", back),
        facts=[
            Fact(label="Shows", value=shows(feed)),
            Fact(label="Made", value=day(feed.created_at)),
            Fact(label="Last read", value=day(feed.last_read_at) if feed.last_read_at else "Never"),
        ],
    )


def _home(organisation: Organisation | None) -> str:
    if organisation:
        return reverse("waves:feeds", args=[organisation.slug])
    return reverse("waves:account_feeds")


def _one(feed: CalendarFeed, organisation: Organisation | None) -> str:
    if organisation:
        return reverse("waves:feed_here", args=[organisation.slug, feed.pk])
    return reverse("waves:feed", args=[feed.pk])
