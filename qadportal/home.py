"""stub"""

from django.shortcuts import redirect


def organisation(request, organisation):
    return redirect("participants:organisation", organisation)
