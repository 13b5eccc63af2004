"""From rows and facts to the plain values that pages draw."""
