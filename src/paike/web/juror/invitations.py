"""An expert is invited: takes the seat with a new account or the present one, or declines."""

from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from paike.accounts.actions import staff
from paike.accounts.models import Account
from paike.accounts.rules import usernames
from paike.campaigns.queries import campaigns
from paike.jury.actions import panels as panel_actions
from paike.jury.actions import seats as seat_actions
from paike.jury.models import Seat
from paike.jury.queries import panels, seats
from paike.kernel import clock
from paike.kernel.text import Text
from paike.web.juror.forms import JurorAccountForm
from paike.web.shared import gate

OVER = (
    seat_actions.InvitationOver,
    seat_actions.AlreadyOnPanel,
    seat_actions.NotNeutral,
    panel_actions.PanelClosed,
)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@gate.open_to(gate.anyone)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    now = clock.now()
    seat = _live(token, now)
    if seat is None:
        return _over(request, seat_actions.InvitationOver.text)
    if request.method == "POST" and "with_this_account" in request.POST:
        gate.require(gate.is_strong(request))
        return _take(request, token, gate.account(request), now)
    form = JurorAccountForm(request.POST if "username" in request.POST else None)
    if request.method == "POST" and form.is_valid() and _create(form, seat, token, now):
        messages.success(request, gettext("账号已建好。请用它登录，并绑定验证器应用。"))
        room = reverse("jury-room", args=[seat.panel_id])
        return redirect(f"{reverse('staff-sign-in')}?{urlencode({'next': room})}")
    rulebook = campaigns.rulebook_of(seat.panel.campaign)
    context = {
        "campaign": seat.panel.campaign,
        "rulebook": rulebook,
        "seat": seat,
        "form": form,
        "is_strong": gate.is_strong(request),
        "token": token,
        "criteria": panels.scheme_of(seat.panel).criteria,
    }
    return render(request, "juror/invitation.html", context)


@require_POST
@gate.open_to(gate.anyone)
def refusal(request: HttpRequest, token: str) -> HttpResponse:
    """The expert declines."""
    try:
        seat_actions.decline(token=token, now=clock.now())
    except (seat_actions.InvitationOver, panel_actions.PanelClosed) as fault:
        return _over(request, fault.text)
    thanks = Text(
        "已告知主办方您不参加评审。谢谢您的回复。",
        "The organiser knows that you decline. Thank you for telling us.",
    )
    return _over(request, thanks, status=200)


def _live(token: str, now: datetime) -> Seat | None:
    seat = seats.by_token(token)
    if seat is None or seat.accepted_at or seat.declined_at or seat.left_at:
        return None
    return seat if now < seat.expires_at else None


def _take(request: HttpRequest, token: str, account: Account, now: datetime) -> HttpResponse:
    try:
        seat = seat_actions.accept(token=token, account=account, now=now)
    except OVER as fault:
        return _over(request, fault.text)
    return redirect("jury-room", seat.panel_id)


def _create(form: JurorAccountForm, seat: Seat, token: str, now: datetime) -> bool:
    """The account and the seat, both or neither; what is wrong stands in the form."""
    try:
        with transaction.atomic():
            account = staff.create(display_name=seat.name, now=now, **form.cleaned_data)
            seat_actions.accept(token=token, account=account, now=now)
    except (usernames.NotAUsername, staff.UsernameTaken) as fault:
        form.add_error("username", fault.text.in_language(get_language() or ""))
    except staff.WeakPassword as fault:
        form.add_error("password", list(fault.messages))
    except OVER as fault:
        form.add_error(None, fault.text.in_language(get_language() or ""))
    else:
        return True
    return False


def _over(request: HttpRequest, text: Text, *, status: int = 410) -> HttpResponse:
    return render(request, "juror/over.html", {"words": text}, status=status)
