"""What the pages of this floor show, as the plain values that templates draw."""
