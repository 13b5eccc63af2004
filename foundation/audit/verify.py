"""Walking the chains anew and comparing every link, in Python, against what the database holds."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC

from foundation.audit.models import AuditEvent, AuditHead

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a walk found: how many events in how many chains, and the first break of each chain."""

    events: int
    chains: int
    breaks: tuple[str, ...]


def link_text(event: AuditEvent) -> str:
    """Return the text that a link's hash covers; the trigger builds the same in SQL."""

    def instant(value) -> str:
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")

    fields = (
        event.prev_hash,
        event.chain,
        str(event.seq),
        str(event.organisation_id or ""),
        event.action,
        event.object_type,
        event.object_id,
        event.object_label,
        str(event.actor_id),
        event.actor_name,
        event.actor_kind,
        event.actor_body,
        event.because,
        event.payload,
        instant(event.at),
        instant(event.recorded_at),
    )
    return "\n".join(f"{len(field)}:{field}" for field in fields)


def link_hash(event: AuditEvent) -> str:
    """Return the SHA-256 that an untouched event carries."""
    return hashlib.sha256(link_text(event).encode()).hexdigest()


def walk(chain: str = "") -> Verdict:
    """Verify one chain, or all of them."""
    events = AuditEvent.objects.order_by("chain", "seq")
    heads = AuditHead.objects.all()
    if chain:
        events, heads = events.filter(chain=chain), heads.filter(chain=chain)
    last: dict[str, tuple[int, str]] = {}
    broken: dict[str, str] = {}
    count = 0
    for event in events.iterator(chunk_size=5000):
        count += 1
        _check(event, last, broken)
    for said in _heads(heads, last, broken):
        broken.setdefault(*said)
    return Verdict(count, len(last), tuple(broken.values()))


def _check(event: AuditEvent, last: dict, broken: dict) -> None:
    seq, expected = last.get(event.chain, (0, GENESIS))
    if event.seq != seq + 1 or event.prev_hash != expected:
        broken.setdefault(event.chain, f"{event.chain}: broken link at event {event.seq}")
    elif link_hash(event) != event.hash:
        broken.setdefault(event.chain, f"{event.chain}: bad hash at event {event.seq}")
    last[event.chain] = (event.seq, event.hash)


def _heads(heads, last: dict, broken: dict) -> Iterator[tuple[str, str]]:
    found = {head.chain: (head.seq, head.hash) for head in heads}
    for chain in sorted(set(found) | set(last)):
        if found.get(chain) != last.get(chain):
            yield chain, f"{chain}: the last event does not match the head"
