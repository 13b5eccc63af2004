"""The gallery: components and sample pages with invented data, for those who build on them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from foundation.ui import gallery


@login_not_required
def index(request: HttpRequest) -> HttpResponse:
    """Every component in each of its states."""
    return render(request, "gallery/index.html", gallery.context())


@login_not_required
def page(request: HttpRequest, name: str) -> HttpResponse:
    """One sample page."""
    if name not in gallery.PAGES:
        raise Http404
    return render(request, gallery.PAGES[name].template, gallery.sample(name))
