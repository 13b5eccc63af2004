"""PURE: how the work that prints a report is called: a reader's own, or an issued edition."""

PRINTED, ISSUED = "report", "report_edition"  # followed by the code, and the issuing body
