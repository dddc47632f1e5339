import type { Texts } from "../base/language";

export const texts: Texts<{
  chosen: string;
  toChoose: string;
  more: (n: number) => string;
  full: string;
  pick: string;
  picked: string;
}> = {
  zh: {
    chosen: "已选",
    toChoose: "部待选",
    more: (n) => `还要选 ${n} 部`,
    full: "已选满，换作品请先取消一部",
    pick: "选这部",
    picked: "已选",
  },
  en: {
    chosen: "chosen",
    toChoose: "to choose",
    more: (n) => `${n} more to choose`,
    full: "Full. Take one off to choose another",
    pick: "Choose",
    picked: "Chosen",
  },
};
