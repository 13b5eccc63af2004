"""PURE: the states of this floor and the moves between them, a module for each matter."""
