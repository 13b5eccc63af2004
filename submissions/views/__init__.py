"""The pages of this floor: doors to its services."""
