"""A person in front of a real browser: a phone or a desktop, reading Chinese or English."""

import contextlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pyotp
from playwright.sync_api import Browser, BrowserContext, Error, Page, ViewportSize, expect

from paike.demo.people import PASSWORD
from tests.e2e import screens
from tests.e2e.installation import Installation

SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 390, "height": 844},
    "desktop": {"width": 1280, "height": 800},
}
COOKIES = {"zh": "zh-hans", "en": "en"}
# What a page may complain about without being broken: the network is cut on purpose.
EXPECTED = re.compile(r"ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|status of 4\d\d")


def until(page: Page, expression: str, *, arg: object = None, seconds: float = 30) -> None:
    """Wait until an expression is true. Playwright's own waiting evaluates text inside the page,
    which our content security policy forbids; this asks from outside."""
    for _turn in range(round(seconds * 20)):
        with contextlib.suppress(Error):  # the page is being changed for another
            if page.evaluate(expression, arg):
                return
        page.wait_for_timeout(50)
    raise AssertionError(f"never became true on {page.url}: {expression}")


@dataclass
class Visit:
    """One person's browser."""

    browser: Browser
    installation: Installation
    size: str
    language: str
    complaints: list[str]
    context: BrowserContext
    page: Page

    @classmethod
    def begin(
        cls, browser: Browser, installation: Installation, size: str, language: str = "zh"
    ) -> "Visit":
        context = browser.new_context(
            base_url=installation.url,
            viewport=SIZES[size],
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            device_scale_factor=1.5 if size == "phone" and screens.WANTED else 1,
            has_touch=size == "phone",
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        made = cls(browser, installation, size, language, [], context, context.new_page())
        made.read(language)
        made._listen(made.page)
        return made

    def read(self, language: str) -> None:
        """Choose the language of the pages."""
        self.context.add_cookies(
            [{"name": "paike_language", "value": COOKIES[language], "url": self.installation.url}]
        )

    def go(self, path: str) -> Page:
        """Open a page; it must be there and must not be wider than the screen."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        self.check_width()
        return self.page

    def check_width(self) -> None:
        """Nothing makes the reader scroll sideways."""
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= SIZES[self.size]["width"], f"{self.page.url} is {wide} px wide"

    def another_tab(self, *, warned: bool = False) -> None:
        """Close the tab and open a new one; `warned`: as a person does, so that the page hears it."""
        if warned:
            with self.page.expect_event("close"):
                self.page.close(run_before_unload=True)
        else:
            self.page.close()
        self.page = self.context.new_page()
        self._listen(self.page)

    def shot(
        self,
        name: str,
        *,
        both: bool = True,
        whole: bool = True,
        first: Callable[[Page], None] | None = None,
    ) -> None:
        """A picture for docs/screens; `both` takes it again in the other language. `first` is done
        on the page before each picture: a dialog opened, a button tapped."""
        if not screens.WANTED:
            return
        other = "en" if self.language == "zh" else "zh"
        for language in (self.language, other) if both else (self.language,):
            if language != self.language:
                self._reopen(language)
            if first is not None:
                first(self.page)
            self._photograph(name, language, whole=whole)
        if both or first is not None:
            self._reopen(self.language)

    def _reopen(self, language: str) -> None:
        """The same page in a language; the vote page has it in its address."""
        self.read(language)
        if found := re.search(r"^(.*/vote/)(en/)?$", self.page.url):
            self.page.goto(found[1] + ("en/" if language == "en" else ""))
        else:
            self.page.reload()

    def shot_of_package(self, name: str) -> None:
        """The same where no cookie chooses the language, but a link."""
        if not screens.WANTED:
            return
        for language in screens.LANGUAGES:
            self._photograph(name, language, whole=True)
            self.page.locator(".tongue").first.click()
            self.page.wait_for_load_state()

    def _photograph(self, name: str, language: str, *, whole: bool) -> None:
        self.page.evaluate(
            "document.querySelectorAll('img[loading=lazy]').forEach(one => one.loading = 'eager')"
        )
        until(self.page, "[...document.images].every(one => one.complete && one.naturalWidth)")
        self.page.evaluate("Promise.all([...document.images].map(one => one.decode()))")
        until(
            self.page,
            "[...document.querySelectorAll('video')]"
            ".every(one => one.preload === 'none' || one.readyState >= 1)",
        )
        self.page.wait_for_load_state("networkidle")
        self.page.evaluate("document.fonts.ready")
        if self.page.locator("video").count():
            self.page.wait_for_timeout(1500)  # Chromium's own sign of loading fades away
        picture = self.page.screenshot(full_page=whole)
        screens.keep(picture, f"{name}.{self.size}.{language}", size=self.size)

    def _listen(self, page: Page) -> None:
        def hear(text: str) -> None:
            if not EXPECTED.search(text):
                self.complaints.append(f"{page.url}: {text}")

        page.on("console", lambda line: hear(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda fault: hear(str(fault)))

    def sign_in_by_code(self, phone: str) -> None:
        """On the page that asks for a phone number: number, consent, code."""
        self.installation.later(timedelta(minutes=20))
        page, known = self.page, self.installation.codes_for(phone)
        page.fill("input[name=contact]", phone)
        page.check("input[name=consent]")
        page.locator("form:has(input[name=contact]) button.btn-primary").click()
        code = page.locator("input[name=code]")
        expect(code).to_be_visible()
        code.fill(self.installation.code_for(phone, after=known))  # six digits submit by themselves
        page.wait_for_url(lambda url: "/sign-in" not in url and "/register" not in url)

    def sign_in(self, username: str, secret: str, *, next_path: str) -> None:
        """Password, then the authenticator's code."""
        self.installation.later(timedelta(minutes=20))
        page = self.go(f"/sign-in/staff/?next={next_path}")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", PASSWORD)
        page.locator("form:has(input[name=password]) button.btn-primary").click()
        page.wait_for_url("**/sign-in/totp/**")
        page.locator("input[name=code]").fill(self.totp(secret))
        page.wait_for_url(lambda url: "/sign-in" not in url)

    def totp(self, secret: str) -> str:
        """What the authenticator shows now."""
        return str(pyotp.TOTP(secret).at(self.installation.now()))

    def confirm(self, action: str, *, reason: str = "") -> None:
        """Press a button that asks first, and say yes."""
        asking = f"dialog.asking:has(form[action*='{action}'])"
        self.page.locator(f"details[data-confirm]:has(+ {asking}) summary").click()
        form = self.page.locator(f"{asking} form")
        if reason:
            form.locator("textarea[name=reason]").fill(reason)
        form.locator("button:not([type=button])").click()

    def sees_the_film_move(self, selector: str = "video") -> None:
        """A film really plays: its time advances."""
        film = self.page.locator(selector).first
        expect(film).to_be_visible()
        film.evaluate("film => { film.muted = true; return film.play(); }")
        until(
            self.page,
            "film => film.currentTime > 0.4 && film.videoWidth > 0",
            arg=film.element_handle(),
        )
        film.evaluate("film => film.pause()")

    def end(self) -> None:
        self.context.close()
        assert self.complaints == [], "\n".join(self.complaints)
