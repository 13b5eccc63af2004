"""PURE: the columns and kinds of a timetable file in the words of people, and its mistakes."""

from waves.timetable import Bound, Event, Kind, Owner, Standing, Unit
from waves.timetable_file import Problem, TimetableError

SHOWN = 20  # mistakes that are said one by one
KINDS = {
    Kind.DATE: "A date",
    Kind.WINDOW: "A window",
    Kind.RELATIVE: "Counted from an event",
    Kind.TEXT: "Words without a date",
    Kind.NOT_APPLICABLE: "Not applicable",
}
BOUNDS = {
    Bound.OPENS: "First day",
    Bound.DUE_BY: "Last day",
    Bound.WINDOW: "From a day to a day",
    Bound.GATE: "A condition",
    Bound.EXPECTED_IN: "Expected in",
}
STANDINGS = {
    Standing.PRINTED: "As printed",
    Standing.CORRECTED: "Corrected against a misprint",
    Standing.ASSUMED: "Our reading",
}
UNITS = {Unit.DAYS: "Days", Unit.WEEKS: "Weeks", Unit.MONTHS: "Months"}
OWNERS = {
    Owner.PARTICIPANT: "The organisation",
    Owner.BODIES: "The bodies",
    Owner.BSC: "BSC",
    Owner.REC: "REC",
    Owner.DIP: "DIP Manager",
    Owner.QTM: "Test manager",
    Owner.MHHSP: "MHHS Programme",
}
EVENTS = {event: str(event).replace("_", " ").capitalize() for event in Event}
COLUMNS = {
    "activity_key": "The key",
    "activity_label": "The name of the activity",
    "route": "The route",
    "kind": "The kind",
    "bound": "What it bounds",
    "start": "The date",
    "end": "The last day",
    "period": "The period",
    "unit": "The unit",
    "starts_on": "The event",
    "late_after": "“Late after”",
    "cap": "The cap",
    "floor": "The earliest day",
    "printed": "The printed date",
    "raw_text": "The printed words",
    "note": "The note",
    "clause": "The paragraph",
    "standing": "The standing",
    "owner": "The holder",
    "met_by": "“Met by”",
    "header": "The header",
}
_SAID = {
    "holds a date when, and only when, the standing is corrected.": (
        "stands beside a corrected date, and only there: give it with “corrected against a"
        " misprint”, or leave both out."
    ),
}


def column_words(problem: Problem) -> str:
    """Return a mistake of one cell as a sentence about its field."""
    message = _SAID.get(problem.message, problem.message)
    for kind, words in KINDS.items():
        message = message.replace(f"a cell of kind {kind}", f"“{words.lower()}”")
    subject = COLUMNS.get(problem.column, problem.column)
    return message if message.startswith("“") else f"{subject} {message}"


def in_words(error: TimetableError) -> list[str]:
    """Return the mistakes of a file, each with its row, as people count them in a spreadsheet."""
    said = [
        f"Row {problem.row}, column {problem.column}: {column_words(problem)}"
        for problem in error.problems[:SHOWN]
    ]
    rest = len(error.problems) - SHOWN
    return [*said, f"And {rest} more."] if rest > 0 else said
