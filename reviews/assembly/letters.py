"""The words of one letter of delegated authority, and its paper where it is signed in place."""

from datetime import datetime

from reviews.letter_words import letter_text, signed_in_place
from reviews.models import DelegationLetter


def words_of(letter: DelegationLetter) -> str:
    """Return the text of a letter; its organisation and qualification are at hand."""
    return letter_text(
        company=letter.organisation.legal_name,
        company_number=letter.organisation.company_number,
        role=letter.qualification.role,
        delegate=letter.delegate_name,
        drafted_at=letter.drafted_at,
    )


def paper_in_place(letter: DelegationLetter, director: str, at: datetime) -> tuple[str, bytes]:
    """Return name and content of a letter that a director signs in the portal."""
    text = signed_in_place(words_of(letter), director=director, at=at)
    return f"Letter for {letter.delegate_name}.txt", text.encode()
