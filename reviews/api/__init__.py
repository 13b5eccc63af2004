"""The API of this floor: the same services, rights and refusals as its pages."""
