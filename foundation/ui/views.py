"""The gallery: components and sample pages with invented data, for those who build on them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from foundation.ui import gallery


def index(request: HttpRequest) -> HttpResponse:
    """Every component in each of its states."""
    return render(request, "gallery/index.html", gallery.context())


def page(request: HttpRequest, name: str) -> HttpResponse:
    """One sample page."""
    if name not in gallery.PAGES:
        raise Http404
    return render(request, gallery.PAGES[name].template, gallery.sample(name))
