"""The words of states: which shape and which colour each carries (see docs of the look).

A shape has one colour, so a word can never be drawn in two ways.
"""

from __future__ import annotations

from dataclasses import dataclass

#: shape -> colour name of the style sheet
COLOURS: dict[str, str] = {
    "ring": "ink2",
    "quarter": "petrol",
    "half": "petrol",
    "three": "petrol",
    "target": "petrol",
    "check": "verdigris",
    "diamond": "copper",
    "hourglass": "slate",
    "bars": "slate",
    "padlock": "slate",
    "triangle": "ochre",
    "broken": "ochre",
    "octagon": "crimson",
    "dash": "ink2",
}


@dataclass(frozen=True, slots=True)
class State:
    """How one state is said and drawn."""

    word: str
    shape: str

    @property
    def colour(self) -> str:
        """The colour that belongs to the shape."""
        return COLOURS[self.shape]


#: state key -> word and shape; the glossary of states of the whole product
STATES: dict[str, State] = {
    "not_started": State("Not started", "ring"),
    "not_due": State("Not due", "ring"),
    "not_open": State("Not open", "ring"),
    "not_read": State("Not read", "ring"),
    "draft": State("Draft", "quarter"),
    "ready": State("Ready", "half"),
    "new": State("New at Final", "half"),
    "submitted": State("Submitted", "three"),
    "in_pack": State("In pack", "three"),
    "in_review": State("In review", "target"),
    "reading": State("Reading", "target"),
    "scanning": State("Scanning", "target"),
    "final_under_review": State("Final, under review", "target"),
    "initial_under_review": State("Initial, under review", "target"),
    "accepted": State("Accepted", "check"),
    "approved": State("Approved", "check"),
    "signed": State("Signed", "check"),
    "closed": State("Closed", "check"),
    "cleared": State("Cleared", "check"),
    "confirmed": State("Confirmed", "check"),
    "met": State("Met", "check"),
    "done": State("Done", "check"),
    "qualified": State("Qualified", "check"),
    "reply_needed": State("Reply needed", "diamond"),
    "plan_needed": State("Plan needed", "diamond"),
    "your_move": State("Your move", "diamond"),
    "your_reply": State("Your reply", "diamond"),
    "asks_for_more": State("Asks for more", "diamond"),
    "open_now": State("Open now", "diamond"),
    "waiting": State("Waiting", "hourglass"),
    "not_yet": State("Not yet", "hourglass"),
    "with_body": State("With a body", "hourglass"),
    "plan_agreed": State("Plan agreed, action due", "hourglass"),
    "cannot_be_decided": State("Cannot be decided", "hourglass"),
    "forecast": State("Forecast", "hourglass"),
    "paused": State("Clock paused", "bars"),
    "come_back": State("Come back to this", "bars"),
    "locked": State("Locked", "padlock"),
    "approved_held": State("Approved, held", "padlock"),
    "at_risk": State("At risk", "triangle"),
    "out_of_date": State("Out of date", "triangle"),
    "assumed": State("Assumed", "triangle"),
    "lapsed": State("Approval lapsed", "broken"),
    "no_longer_covers": State("No longer covers", "broken"),
    "overdue": State("Overdue", "octagon"),
    "late": State("Late", "octagon"),
    "refused": State("Refused", "octagon"),
    "not_confirmed": State("Not confirmed", "octagon"),
    "error": State("Error", "octagon"),
    "not_applicable": State("Not applicable", "dash"),
    "not_needed": State("Not needed", "dash"),
}

#: what a body thinks of an answer or a section -> shape inside its mark
OPINIONS: dict[str, str] = {
    "": "",
    "accepted": "check",
    "read": "check",
    "reading": "target",
    "asks": "diamond",
    "not_read": "ring",
    "lapsed": "broken",
    "waiting": "hourglass",
    "refused": "octagon",
    "not_needed": "dash",
}

OPINION_WORDS: dict[str, str] = {
    "accepted": "accepts the content",
    "read": "has read it, nothing open",
    "reading": "is reading",
    "asks": "asks for more",
    "not_read": "has not read",
    "lapsed": "opinion lapsed",
    "waiting": "waits",
    "refused": "refused",
    "not_needed": "is not needed",
}


def shape_of(kind: str) -> str:
    """The shape of a state key; a shape's own name stands for itself."""
    if kind in COLOURS:
        return kind
    return STATES[kind].shape


def colour_of(kind: str) -> str:
    """The colour name of a state key or shape."""
    return COLOURS[shape_of(kind)]


def word_of(kind: str) -> str:
    """The word of a state key; empty for a bare shape."""
    return STATES[kind].word if kind in STATES else ""
