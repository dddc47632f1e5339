"""What the editor may change before a work becomes public."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PublicationForm(forms.Form):
    """The public texts. The title is composed and never typed."""

    synopsis = forms.CharField(
        label=_("公开简介"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("不写电话、证件号、邮箱、微信号。"),
    )
    credit = forms.CharField(label=_("公开署名"), max_length=200, help_text=_("与影片片头一致。"))


class ConfirmedForm(PublicationForm):
    """The same, when something in the texts looks personal."""

    confirmed = forms.BooleanField(label=_("我已核对，上面的内容不是个人信息，可以公开。"))


class ReasonForm(forms.Form):
    """Why a work is taken down."""

    reason = forms.CharField(max_length=500)
