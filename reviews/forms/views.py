"""A kept view, made into clean values."""

from django import forms


class ViewForm(forms.Form):
    """The name of a view, and who finds it."""

    name = forms.CharField(
        label="Name", max_length=60, help_text="Such as: Suppliers at Final, mine"
    )
    is_shared = forms.BooleanField(label="My whole body finds it under Views", required=False)
