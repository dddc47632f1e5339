import { beforeEach, describe, expect, it } from "vitest";
import { confirmInDialogs } from "../src/shell/confirm";
import { language } from "../src/shell/language";
import { closeMenus } from "../src/shell/menus";
import { momentOf } from "../src/shell/moment";
import { jumpInFilms } from "../src/shell/player";
import { momentAt, partOf, written } from "../src/shell/scrub";

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

describe("moments", () => {
  it("are read from an address, and nothing else is", () => {
    expect(momentOf("?t=12.4")).toBe(12.4);
    expect(momentOf("?t=1:02.5")).toBe(62.5);
    for (const other of ["", "?t=", "?t=-1", "?t=1e9", "?t=12s", "?t=Infinity"])
      expect(momentOf(other)).toBeUndefined();
  });

  it("lie below the pointer, within the film", () => {
    const box = { left: 10, width: 200 };
    expect(momentAt(110, box, 60)).toBe(30);
    expect(momentAt(0, box, 60)).toBe(0);
    expect(momentAt(999, box, 60)).toBe(60);
  });

  it("have their part of the small pictures", () => {
    expect(partOf("/media/x:y#xywh=240,90,120,90")).toEqual({
      address: "/media/x:y",
      x: 240,
      y: 90,
      width: 120,
      height: 90,
    });
    expect(partOf("a caption")).toBeUndefined();
    expect(written(75.9)).toBe("1:15");
  });
});
