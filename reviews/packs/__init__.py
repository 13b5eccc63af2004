"""Printing: the decision pack, the Applicant's Confirmation and the QAD as submitted."""
