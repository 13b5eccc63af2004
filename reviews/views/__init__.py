"""Doors of this floor: parse, call one service, answer."""
