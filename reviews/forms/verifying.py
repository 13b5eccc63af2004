"""What is checked: a file, or the SHA-256 of one."""

import hashlib

from django import forms
from django.conf import settings

from reviews.queries.verifying import clean


class VerifyForm(forms.Form):
    """A file, which is only hashed and never kept, or a hash."""

    file = forms.FileField(
        label="The file",
        required=False,
        max_length=255,
        help_text="A pack, an Applicant’s Confirmation, a letter, evidence. It is not kept.",
    )
    sha256 = forms.CharField(
        label="Or its SHA-256",
        required=False,
        max_length=200,
        help_text="64 digits and letters from a to f, as printed on papers and in manifests.",
    )

    def clean_file(self):
        """Refuse what is larger than anything that the portal keeps."""
        given = self.cleaned_data["file"]
        if given and given.size > settings.EVIDENCE_MAX_BYTES:
            limit = settings.EVIDENCE_MAX_BYTES // (1024 * 1024)
            raise forms.ValidationError(
                f"{given.name} is larger than {limit} MB, which the portal keeps nothing of."
                " Give its SHA-256 instead."
            )
        return given

    def clean_sha256(self) -> str:
        """Return the hash as the portal writes it; blanks and capitals do not matter."""
        given = self.cleaned_data["sha256"]
        if given.strip() and not clean(given):
            raise forms.ValidationError("This is no SHA-256: it has 64 digits and letters a to f.")
        return clean(given)

    def clean(self) -> dict:
        """Ask for one of the two."""
        data = super().clean()
        if not self.errors and not (data.get("file") or data.get("sha256")):
            self.add_error("file", "Choose a file, or give its SHA-256.")
        return data

    def digest(self) -> str:
        """Return the hash of the file, or the one that was given."""
        given = self.cleaned_data["file"]
        if not given:
            return self.cleaned_data["sha256"]
        digest = hashlib.sha256()
        for piece in given.chunks():
            digest.update(piece)
        return digest.hexdigest()
