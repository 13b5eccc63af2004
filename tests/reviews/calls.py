"""Calling the API in tests, as whoever a scene knows."""

from tests.reviews.doors import door

JSON = "application/json"
PROBLEM = "application/problem+json"


def api(here, tail=""):
    """Return an address of the scene's organisation."""
    return f"/api/v1/organisations/{here.organisation.slug}/{tail}"


def held(here, tail="", place=0):
    """Return an address of one of its qualifications."""
    return api(here, f"qualifications/{here.ids[place]}/{tail}")


def post(actor, url, **data):
    """Send data."""
    return door(actor).post(url, data, content_type=JSON)


def put(actor, url, **data):
    """Put data in place of what is there."""
    return door(actor).put(url, data, content_type=JSON)


def get(actor, url):
    """Ask."""
    return door(actor).get(url)


def results(actor, url):
    """Ask for a page of rows."""
    return get(actor, url).json()["results"]


def raised(here, body="BSC", kind="FINDING"):
    """Raise something on H03 for a body and return it."""
    severity = "HIGH" if kind == "FINDING" else ""
    answer = post(
        here.leads[body], api(here, "threads/"), part=str(here.part().pk), question="H03",
        kind=kind, subject="Restart", text="How long?", severity=severity,
    )  # fmt: skip
    assert answer.status_code == 201, answer.json()
    return answer.json()
