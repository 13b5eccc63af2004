"""Tenancy's second line: one database role per class of actor, forced row-level security."""
