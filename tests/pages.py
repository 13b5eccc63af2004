"""Reading answers of the portal in tests."""

import re

from django.http import HttpResponse

_TOKEN = re.compile(rb'("X-CSRFToken": |name="csrfmiddlewaretoken" value=)"[^"]*"')


def plain(answer: HttpResponse) -> bytes:
    """Return a page without what differs from answer to answer by design: the form's token."""
    return _TOKEN.sub(b"", answer.content)
