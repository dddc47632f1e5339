import { beforeEach, describe, expect, it } from "vitest";
import { confirmInDialogs } from "../src/base/confirm";
import { language } from "../src/base/language";
import { closeMenus } from "../src/base/menus";
import { jumpInFilms } from "../src/base/player";

beforeEach(() => {
  document.body.innerHTML = "";
});

describe("confirmInDialogs", () => {
  it("moves the form into a dialog that the button opens and 取消 closes", () => {
    document.body.innerHTML = `<details data-confirm><summary>退回修改</summary>
      <form><button type="button" data-confirm-close hidden>取消</button></form></details>`;
    confirmInDialogs(document.body);
    const dialog = document.querySelector("dialog");
    expect(dialog?.querySelector("form")).not.toBeNull();
    document.querySelector("summary")?.click();
    expect(dialog?.open).toBe(true);
    document.querySelector<HTMLButtonElement>("[data-confirm-close]")?.click();
    expect(dialog?.open).toBe(false);
  });
});

describe("closeMenus", () => {
  it("closes an open menu on a click elsewhere", () => {
    document.body.innerHTML = `<details class="dropdown" open><summary>我的</summary></details><p>正文</p>`;
    closeMenus(document);
    document.querySelector("p")?.click();
    expect(document.querySelector("details")?.open).toBe(false);
  });
});

describe("jumpInFilms", () => {
  it("moves the film to the second of the button", () => {
    document.body.innerHTML = `<video data-player></video><button data-seek="12.40">看</button>`;
    jumpInFilms(document);
    document.querySelector("button")?.click();
    expect(document.querySelector("video")?.currentTime).toBe(12.4);
  });
});

describe("language", () => {
  it("is Chinese unless the page says English", () => {
    document.documentElement.lang = "zh-Hans";
    expect(language()).toBe("zh");
    document.documentElement.lang = "en";
    expect(language()).toBe("en");
  });
});
