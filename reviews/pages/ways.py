"""Ways between the pages of one organisation."""

from django.urls import reverse

from foundation.ui.parts import Link


def back(slug: str) -> Link:
    """Return the way back to what an organisation still needs."""
    return Link("Qualified yet?", reverse("reviews:qualified", args=[slug]))
