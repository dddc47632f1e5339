"""Forms about units."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from paike.orgs.models import Level, Role

MOST = 8 * 1024 * 1024


class UnitForm(forms.Form):
    """A new unit below another."""

    name = forms.CharField(label=_("单位全称"), max_length=200)
    short_name = forms.CharField(
        label=_("简称"), max_length=60, required=False, help_text=_("会写在作品标题里。")
    )
    code = forms.RegexField(
        label=_("代码"),
        regex=r"^[A-Za-z0-9][A-Za-z0-9-]{0,39}$",
        help_text=_("字母、数字和连字符，例如 GD-SZ-0042。"),
        error_messages={"invalid": _("代码只能用字母、数字和连字符，例如 GD-SZ-0042。")},
    )
    level = forms.ChoiceField(label=_("级别"), choices=())

    def __init__(self, *args: Any, levels: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = levels  # type: ignore[attr-defined]  # a ChoiceField

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).upper()


class ImportForm(forms.Form):
    """A list of units."""

    file = forms.FileField(
        label=_("CSV 文件"), widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"})
    )

    def clean_file(self) -> "UploadedFile[Any]":
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MOST:
            raise forms.ValidationError(_("文件超过 8 MB。请分成几个文件上传。"))
        return file


class InvitationForm(forms.Form):
    """The role a colleague is invited to."""

    role = forms.ChoiceField(label=_("职责"), choices=())

    def __init__(self, *args: Any, roles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]  # a ChoiceField


ROLE_NAMES: dict[str, Any] = {  # lazy texts
    Role.CLERK: _("审核员"),
    Role.EDITOR: _("编辑"),
    Role.ORGANISER: _("主办方"),
}
LEVEL_NAMES: dict[str, Any] = {
    Level.NATIONAL: _("全国"),
    Level.BODY: _("推荐单位"),
    Level.CITY: _("市级"),
    Level.DISTRICT: _("县区级"),
    Level.GRASSROOTS: _("基层"),
}
