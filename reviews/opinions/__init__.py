"""What each body says of each answer: accepted, lapsed, asked about, read or not read (D.3)."""

from reviews.opinions.reading import of_part, of_parts
from reviews.opinions.rules import PartSaid, opinions_of

__all__ = ["PartSaid", "of_part", "of_parts", "opinions_of"]
