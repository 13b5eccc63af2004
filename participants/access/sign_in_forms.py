"""The forms of signing in, in our words: a label for each field, and nothing greyed into it."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django.forms import BaseForm


class _Plain(BaseForm):
    labels: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            if name != "password1":
                field.help_text = ""


class Login(_Plain, account.LoginForm):
    """Email and password."""

    labels = {"login": "Work email"}


class ResetPassword(_Plain, account.ResetPasswordForm):
    """The address that the link goes to."""

    labels = {"email": "Work email"}


class ResetPasswordKey(_Plain, account.ResetPasswordKeyForm):
    """A new password after the link."""

    labels = {"password1": "New password", "password2": "New password again"}


class ChangePassword(_Plain, account.ChangePasswordForm):
    """A new password beside the old one."""

    labels = {
        "oldpassword": "Present password",
        "password1": "New password",
        "password2": "New password again",
    }


class SetPassword(_Plain, account.SetPasswordForm):
    """The first password of an account that has none."""

    labels = {"password1": "New password", "password2": "New password again"}


class Reauthenticate(_Plain, account.ReauthenticateForm):
    """The password once more, before something that matters."""


class Code(_Plain, mfa.AuthenticateForm):
    """A code from the app, or a recovery code."""

    labels = {"code": "Code from your authenticator app, or a recovery code"}


class CodeAgain(_Plain, mfa.ReauthenticateForm):
    """A code once more, before something that matters."""

    labels = {"code": "Code from your authenticator app, or a recovery code"}


class ActivateApp(_Plain, totp.ActivateTOTPForm):
    """The first code of an authenticator app."""

    labels = {"code": "Code that the app shows"}
