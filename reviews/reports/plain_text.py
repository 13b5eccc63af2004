"""PURE: one table of an edition as comma-separated text."""

import csv
import io

from waves.reports.edition import Sheet
from waves.reports.shape import Value

MEDIA_TYPE = "text/csv; charset=utf-8"
# Programs that open such a file read these as the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(sheet: Sheet) -> str:
    """Return a table; dates are written as 2025-11-18, and no text can become a formula."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow([head.label for head in sheet.heads])
    rows.writerows([_cell(value) for value in row] for row in sheet.rows)
    return out.getvalue()


def _cell(value: Value) -> str:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return "" if value is None else str(value)
