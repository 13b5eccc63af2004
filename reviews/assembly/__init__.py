"""From rows to the plain values that a decision pack is printed from."""
