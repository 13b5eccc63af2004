"""PURE: the words of a letter of delegated authority (R107, QA&P 10.2.1, footnote 9)."""

from datetime import datetime

from foundation.clock.words import day, instant
from participants.market_roles import MARKET_ROLES

VERSION = "1.0"


def letter_text(
    *, company: str, company_number: str, role: str, delegate: str, drafted_at: datetime
) -> str:
    """Return the letter that a director signs for one employee and one market role."""
    number = f" (company number {company_number})" if company_number else ""
    label = MARKET_ROLES[role].label
    return (
        "Letter of delegated authority\n\n"
        f"From a director of {company}{number}, to the REC Code Manager.\n\n"
        f"I authorise {delegate}, an employee of the company, to give the Applicant’s Confirmation"
        f" of the MHHS Qualification Assessment Document for the market role {label}, and nothing"
        " else. This letter stands by itself: it neither uses nor changes any authority that was"
        " given for the yearly maintenance of a qualification.\n\n"
        f"It ends when it is withdrawn. Drafted on {day(drafted_at)}, words {VERSION}.\n"
    )


def signed_in_place(text: str, *, director: str, at: datetime) -> str:
    """Return the letter with the electronic signature of a director under it."""
    return (
        f"{text}\nSigned electronically in the QAD Portal by {director}, company director, on"
        f" {instant(at)} (London), with the password asked again.\n"
    )
