"""The console adapters: for development, and silent elsewhere."""

import pytest
from django.conf import LazySettings

from paike.kernel import clock
from paike.notify.adapters.mail.console import ConsoleMail
from paike.notify.adapters.sms.console import ConsoleSms
from paike.notify.ports import Undelivered
from paike.notify.queries import outbox
from paike.notify.rules import letters


def test_in_development_both_show_what_they_were_given(capsys: pytest.CaptureFixture[str]) -> None:
    ConsoleSms(clock=clock.now).send(number="+8613800138111", text="验证码 123456")
    ConsoleMail(clock=clock.now).send(_letter())
    said = capsys.readouterr().out
    assert "123456" in said
    assert "name@example.com" in said
    assert outbox.letters(to="+8613800138111")[0].text == "验证码 123456"


def test_elsewhere_no_code_and_no_address_reaches_a_log(
    settings: LazySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DEVELOPMENT = False
    with pytest.raises(Undelivered, match="PAIKE_SMS_URL"):
        ConsoleSms(clock=clock.now).send(number="+8613800138111", text="验证码 123456")
    with pytest.raises(Undelivered, match="PAIKE_MAIL_URL"):
        ConsoleMail(clock=clock.now).send(_letter())
    assert capsys.readouterr().out == ""


def _letter() -> letters.Letter:
    return letters.compose(
        to="name@example.com", subject="您的验证码", body="123456", url="", language="zh-hans"
    )
