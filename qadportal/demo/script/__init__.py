"""PURE: from what the corpus tells of an organisation to acts in the order of time."""
