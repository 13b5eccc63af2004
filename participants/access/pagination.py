"""Pages of a list."""

from rest_framework.pagination import LimitOffsetPagination


class StablePagination(LimitOffsetPagination):
    """Pages by limit and offset over a total order, so that no row is shown twice or left out."""

    default_limit = 50
    max_limit = 200
