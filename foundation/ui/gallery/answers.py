"""Invented words of an answer, as its author wrote them."""

from foundation.ui.record import word_count

H03 = """\
Faults are found in three ways: by synthetic transactions through every interface each five \
minutes, by reconciliation of half-hourly volumes at 06:30 each working day, and by people. All \
three open a case in the service desk, which is staffed from 07:00 to 22:00 and on call at other \
times.

## Containment

A fault that could reach settlement stops the affected flow within **fifteen minutes**. Inbound \
messages are held in the landing queue; nothing is discarded. The duty manager decides on a \
partial restart using LWI-114, which was revised after test QT-S-0417.

## Connection to the DIP

- Loss of connection raises a Priority 1 case after two missed heartbeats (60 seconds).
- Messages are queued for up to 72 hours and replayed in order; see H04.
- If the primary certificate is rejected, the standby certificate is used and the security \
officer is told.

## Services supplied by others

Our hosting provider, Alderway Cloud, and our metering data provider, Northlight Data, report \
faults into the same desk under a shared priority scale. The contract with Northlight Data was \
varied on 19 January 2026 so that its restoration time for a Priority 1 fault is four hours, in \
line with ours."""

WORDS = word_count(H03)
