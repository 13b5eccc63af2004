"""Invented examples of every component and page: what the gallery shows and the tests draw."""

from foundation.ui.gallery.parts import context
from foundation.ui.gallery.samples import PAGES, Sample, sample

__all__ = ["PAGES", "Sample", "context", "sample"]
