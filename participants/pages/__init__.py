"""From rows to what a page is given: plain values, words already chosen."""
