"""A sample comparison of two versions of an answer."""

from foundation.ui.blocks import Change, Run


def changes() -> tuple[Change, ...]:
    """Two paragraphs changed, three folded away."""
    return (
        Change(kind="same", summary="2 paragraphs unchanged", hidden=("First.", "Second.")),
        Change(
            kind="changed",
            runs=(
                Run("same", "A fault that could reach settlement stops the affected flow within "),
                Run("del", "one hour"),
                Run("same", " "),
                Run("ins", "fifteen minutes"),
                Run("same", ". Inbound messages are held in the landing queue; nothing is"),
                Run("same", " discarded. The "),
                Run("del", "on-call engineer"),
                Run("same", " "),
                Run("ins", "duty manager"),
                Run("same", " decides on a "),
                Run("ins", "partial"),
                Run("same", " restart using LWI-114"),
                Run(
                    "ins",
                    ", which was revised after test QT-S-0417 showed that a full restart dropped"
                    " the acknowledgements of the last batch",
                ),
                Run("same", "."),
            ),
        ),
        Change(kind="same", summary="1 paragraph unchanged", hidden=("Third.",)),
        Change(
            kind="changed",
            runs=(
                Run("same", "Our hosting provider and our metering data provider report faults"),
                Run("same", " into the same desk under a shared priority scale. "),
                Run("del", "Their restoration times are set out in the contracts."),
                Run("same", " "),
                Run(
                    "ins",
                    "The metering data provider restores a Priority 1 fault within eight hours. We"
                    " restore within four, and bridge the difference with estimated volumes, which"
                    " are replaced when the provider recovers.",
                ),
            ),
        ),
    )
