"""The form that makes a calendar link."""

from django import forms

HERE, EVERYWHERE = "here", "everywhere"


class FeedForm(forms.Form):
    """What the link is for."""

    name = forms.CharField(
        label="Where will you use it?",
        max_length=100,
        help_text="For your own list, such as “phone” or “office calendar”.",
    )


class PlaceFeedForm(FeedForm):
    """The same, with the choice between one organisation and all."""

    reach = forms.ChoiceField(label="What should it show?", widget=forms.RadioSelect)

    def __init__(self, *args, organisation: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reach"].choices = [
            (HERE, f"The dates of {organisation}"),
            (EVERYWHERE, "The dates of every organisation that I belong to"),
        ]
