"""From a sent form to a service and back: what the service finds wrong stands at its field."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from foundation.errors import Invalid


def taken(form: BaseForm, act: Callable[[dict[str, Any]], Any]) -> bool:
    """Return whether the form was valid and ``act`` took it; its result is ``form.result``."""
    if not form.is_valid():
        return False
    try:
        form.result = act(form.cleaned_data)
    except Invalid as problem:
        complain(form, problem)
        return False
    return True


def complain(form: BaseForm, problem: Invalid) -> None:
    """Put each problem at its field, or on the whole form."""
    for field, said in problem.problems.items():
        for sentence in said:
            form.add_error(field if field in form.fields else None, sentence)


def form_page(
    request: HttpRequest, page: Any, form: BaseForm, template: str = "pages/form.html"
) -> HttpResponse:
    """Return the page with its form: 422 and what was typed, where something was wrong."""
    return render(request, template, {"page": page}, status=422 if form.errors else 200)
