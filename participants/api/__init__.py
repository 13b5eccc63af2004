"""The API of this floor: the same queries, services, rights and refusals as its pages."""
