"""What clerks send."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DecisionForm(forms.Form):
    """A decision and, for a return or a decline, its reason."""

    outcome = forms.ChoiceField(choices=[("accept", ""), ("return", ""), ("decline", "")])
    reason = forms.CharField(required=False, max_length=1000, widget=forms.Textarea)


class RevealForm(forms.Form):
    """Why a clerk looks at somebody's contacts."""

    reason = forms.CharField(label=_("查看理由"), max_length=200)


class PlaceForm(forms.Form):
    """A change to a list: which work, and what happens to it."""

    entry = forms.UUIDField()
    act = forms.ChoiceField(
        choices=[
            (one, "") for one in ("add", "reserve", "up", "down", "to-reserve", "remove", "to")
        ]
    )
    place = forms.IntegerField(required=False, min_value=1, max_value=1000)
