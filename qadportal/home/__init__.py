"""The home page of an organisation: what next, by when, who waits for whom."""
