/** The code page: the button to send again counts down, and six digits submit by themselves.
 * Without this script both work by hand; the server keeps the minute. */
import { words } from "../texts/sign-in-code";

const text = document.documentElement.lang.startsWith("en") ? words.en : words.zh;

const again = document.querySelector<HTMLButtonElement>("button[data-resend]");
if (again) countDown(again, Number(again.dataset.resend));

const form = document.querySelector<HTMLFormElement>("form[data-code-form]");
const input = form?.querySelector<HTMLInputElement>("input[name=code]");
input?.focus();
input?.addEventListener("input", () => {
  if (/^\s*(\d\s*){6}$/.test(input.value.normalize("NFKC"))) form?.requestSubmit();
});

function countDown(button: HTMLButtonElement, seconds: number): void {
  const label = button.querySelector("span");
  const until = performance.now() + seconds * 1000;
  const tick = (): void => {
    const left = Math.ceil((until - performance.now()) / 1000);
    button.disabled = left > 0;
    if (label) label.textContent = left > 0 ? text.resendIn(left) : text.resend;
    if (left > 0) window.setTimeout(tick, 250);
  };
  tick();
}
