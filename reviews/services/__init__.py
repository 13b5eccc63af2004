"""The verbs of this floor; the only code that writes its tables."""
