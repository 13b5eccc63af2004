"""Doors of this floor: parse, call one service, answer.

TEMPORARY NOTE (remove at the end): packs.py is done (lead). signing.py, letters.py, gates.py (DIP
User, accession, Management Assertion), deciding.py and reviews/api* are being written by another
person right now, with reviews/pages/{signing,gates,deciding}.py and signing_urls.py.
queue.py (/desk/, name "queue"), qualified.py (/desk/qualified/ name "qualified_all" and
/o/<slug>/qualified/ name "qualified") and register.py (/o/<slug>/findings/ name "findings",
/desk/findings/ name "all_findings") with reviews/pages/{queue,matrix,register}.py and desk_urls.py
are being written by a third person right now. Left to the person who wrote the services: reviewing
a question, threads, plans, approvals, reopening (reading_urls.py).
"""
