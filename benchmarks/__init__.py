"""Measurements: CPU per request and statements per page, against a floor of the same run."""
