"""Doors of this floor: parse, call one service, answer.

TEMPORARY NOTE (remove at the end): packs.py is done (lead). signing.py, letters.py, gates.py (DIP
User, accession, Management Assertion), deciding.py and reviews/api* are being written by another
person right now, with reviews/pages/{signing,gates,deciding}.py, forms/signing.py..., and
signing_urls.py. Everything else (queue, qualified overview and matrix, review of a question, threads,
findings, plans, approvals, reopening) belongs to the person who wrote the services.
"""
