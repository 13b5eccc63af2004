"""Placing Reliance: proposals, opinions, the graph."""

urlpatterns: list = []
