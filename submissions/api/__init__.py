"""The API of this floor: the same finders, services, rights and refusals as its pages."""
