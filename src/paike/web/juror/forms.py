"""A juror's new account."""

from django import forms
from django.utils.translation import gettext_lazy as _


class JurorAccountForm(forms.Form):
    """How the juror signs in from now on."""

    username = forms.CharField(
        label=_("用户名"),
        max_length=40,
        help_text=_("3 到 40 个小写字母、数字、点或连字符，以字母开头。"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "off"}),
    )
    password = forms.CharField(
        label=_("新密码"),
        max_length=200,
        strip=False,
        help_text=_("至少 10 个字符，不要只用数字。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
