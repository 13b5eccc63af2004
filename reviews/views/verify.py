"""Checking a paper against what the portal keeps."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from participants import policy
from participants import queries as people
from reviews.forms.verifying import VerifyForm
from reviews.pages.verify import verify_page
from reviews.queries.verifying import known


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Check a paper, as staff."""
    policy.require(request.actor, "organisation.read")
    return _answer(request)


@require_http_methods(["GET", "HEAD", "POST"])
def of_organisation(request: HttpRequest, organisation: str) -> HttpResponse:
    """Check a paper, as a member of an organisation."""
    found = get_object_or_404(people.organisations(request.actor), slug=organisation)
    policy.require(request.actor, "organisation.read", found)
    return _answer(request)


def _answer(request: HttpRequest) -> HttpResponse:
    """Nothing is written: a file that is sent is hashed and let go."""
    given = request.POST if request.method == "POST" else request.GET
    is_asked = request.method == "POST" or "sha256" in given
    form = VerifyForm(given, request.FILES) if is_asked else VerifyForm()
    sha256 = form.digest() if is_asked and form.is_valid() else ""
    page = verify_page(form, sha256, known(request.actor, sha256) if sha256 else ())
    status = 422 if is_asked and form.errors else 200
    return render(request, "reviews/verify.html", {"page": page}, status=status)
