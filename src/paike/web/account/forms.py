"""The forms of signing in and of one's own account."""

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from paike.accounts.rules import codes, contacts
from paike.kernel.text import Text


def say(text: Text) -> str:
    """A text of the rooms below in the reader's language."""
    return text.in_language(get_language() or "zh-hans")


class ContactForm(forms.Form):
    """A phone number or a mail address."""

    contact = forms.CharField(
        label=_("手机号"),
        max_length=254,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "tel",
                "inputmode": "tel",
                "enterkeyhint": "send",
                "placeholder": "138 0013 8000",
                "autocapitalize": "off",
                "spellcheck": "false",
            }
        ),
    )

    def expect_mail(self) -> None:
        """Ask for an address: other words, and a keyboard that has an at sign."""
        field = self.fields["contact"]
        field.label = _("邮箱")
        field.widget.attrs |= {
            "autocomplete": "email",
            "inputmode": "email",
            "placeholder": "name@example.com",
        }

    def clean_contact(self) -> str:
        typed: str = self.cleaned_data["contact"]
        self.kind = contacts.guess_kind(typed)
        try:
            return contacts.read(self.kind, typed)
        except contacts.NotAContact as fault:
            raise ValidationError(say(fault.text)) from fault


class SignInForm(ContactForm):
    """The contact and the consent without which there is no account."""

    consent = forms.BooleanField(
        label=_("我已阅读并同意《隐私说明》"),
        error_messages={"required": _("请先阅读并勾选同意《隐私说明》。")},
    )


class CodeForm(forms.Form):
    """Six digits."""

    code = forms.CharField(
        label=_("6 位验证码"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "enterkeyhint": "done",
                "pattern": "[0-9０-９ ]*",
                "class": "tabular text-center text-2xl tracking-[0.3em]",
            }
        ),
    )

    def clean_code(self) -> str:
        return codes.read(self.cleaned_data["code"])


class StaffSignInForm(forms.Form):
    username = forms.CharField(
        label=_("用户名"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "off"}),
    )
    password = forms.CharField(
        label=_("密码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class RecoveryForm(forms.Form):
    recovery_code = forms.CharField(
        label=_("恢复码"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


def _new_password() -> forms.CharField:
    return forms.CharField(
        label=_("新密码"),
        max_length=200,
        strip=False,
        help_text=_("至少 10 个字符，不要只用数字。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class StaffAccountForm(forms.Form):
    """A new colleague chooses how to sign in."""

    display_name = forms.CharField(
        label=_("显示名称"),
        max_length=60,
        help_text=_("同事会看到，例如“李干事”。"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    username = forms.CharField(
        label=_("用户名"),
        max_length=40,
        help_text=_("3 到 40 个小写字母、数字、点或连字符，以字母开头。"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "off"}),
    )
    password = _new_password()


class LostPasswordForm(ContactForm):
    """Whose password was forgotten, and where a code can reach them."""

    username = StaffSignInForm.base_fields["username"]
    field_order = ("username", "contact")

    def __init__(self, data: Mapping[str, str] | None = None) -> None:
        super().__init__(data)
        self.fields["contact"].label = _("绑定的手机号或邮箱")
        self.fields["contact"].widget.attrs |= {"inputmode": "email", "autocomplete": "off"}


class NewPasswordForm(forms.Form):
    """The new password, and one of two proofs that the account is one's own."""

    new = _new_password()
    code = forms.CharField(
        label=_("动态验证码（6 位）"),
        max_length=20,
        error_messages={"required": _("请输入动态验证码；手机不在身边就填恢复码。")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    recovery_code = forms.CharField(
        label=_("恢复码"),
        max_length=40,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def __init__(self, data: Mapping[str, str] | None = None) -> None:
        super().__init__(data)
        self.fields["code"].required = not (data and data.get("recovery_code"))

    def clean_code(self) -> str:
        return codes.read(self.cleaned_data["code"])


class PasswordForm(forms.Form):
    old = forms.CharField(
        label=_("现在的密码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = _new_password()


class DetailsForm(forms.Form):
    """What a person says about themselves."""

    real_name = forms.CharField(
        label=_("姓名"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    unit_name = forms.CharField(
        label=_("工作单位"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )


class ClosingForm(forms.Form):
    understood = forms.BooleanField(label=_("我明白：注销后无法恢复，要再次使用须重新注册。"))
