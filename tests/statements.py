"""Counting what a page asks the database."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

# In a test every block of a request is a savepoint of the test's own transaction, and the role is
# given back by hand; in the portal it is one transaction, and the commit gives it back.
_OF_THE_TEST = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")
_RESET = "set_config('role', 'none', true)"


def statements(ask, *args, **kwargs) -> tuple[object, list[str]]:
    """Return the answer and the statements that it took."""
    with CaptureQueriesContext(connection) as captured:
        answer = ask(*args, **kwargs)
    return answer, [
        query["sql"]
        for query in captured.captured_queries
        if not query["sql"].startswith(_OF_THE_TEST) and _RESET not in query["sql"]
    ]
