"""What the pages of this floor show, as plain values."""
