"""The floor: what Django itself costs on this machine, measured in the same run as the pages."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import path

ROWS = """<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</table>"""
QUESTIONS = """{% for q in rows %}<section><h2>{{ q.0 }}</h2><p>{{ q.1 }}</p>
<textarea name="{{ q.0 }}">{{ q.2 }}</textarea><p>{{ q.3 }}</p><p>{{ q.4 }}</p></section>
{% endfor %}"""


def bare(request: HttpRequest) -> HttpResponse:
    """(i) nothing but an answer."""
    return HttpResponse("ok")


def session_and_select(request: HttpRequest) -> HttpResponse:
    """(ii) the session, the account and one indexed read."""
    name = request.user.name
    with connection.cursor() as cursor:
        cursor.execute("select id from participants_person where email = %s", [request.user.email])
        cursor.fetchone()
    return HttpResponse(name)


def fifty_rows(request: HttpRequest) -> HttpResponse:
    """(iii) a table of 50 rows by 7 columns, from a template."""
    rows = [[f"cell {row} {place}" for place in range(7)] for row in range(50)]
    page = engines["django"].from_string(ROWS).render({"rows": rows, "name": request.user.name})
    return HttpResponse(page)


def questions(request: HttpRequest) -> HttpResponse:
    """(vi) 120 questions with a text area and two comments each."""
    text = "We check every message on arrival and hold it in order while a fault lasts. " * 4
    rows = [(f"H{n}", "How?", text, "First comment.", "Second comment.") for n in range(120)]
    page = engines["django"].from_string(QUESTIONS).render({"rows": rows, "n": request.user.name})
    return HttpResponse(page)


def fifty_as_json(request: HttpRequest) -> JsonResponse:
    """(v) a list of 50 as JSON."""
    rows = [{f"field{place}": f"cell {row}" for place in range(9)} for row in range(50)]
    return JsonResponse({"count": 50, "by": request.user.name, "results": rows})


urlpatterns = [
    path("floor/bare/", bare),
    path("floor/select/", session_and_select),
    path("floor/rows/", fifty_rows),
    path("floor/questions/", questions),
    path("floor/json/", fifty_as_json),
]
