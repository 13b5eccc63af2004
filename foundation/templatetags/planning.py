"""The planning board, for templates: ``{% load planning %}``."""

from django import template
from django.utils.safestring import SafeString

from foundation.ui import planning

register = template.Library()


@register.simple_tag
def plan_column(column: planning.PlanColumn) -> SafeString:
    """A column of cards that can be moved."""
    return planning.column(column)
