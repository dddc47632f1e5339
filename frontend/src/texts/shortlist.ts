import type { Texts } from "../shell/language";

/** What a click on the bulk buttons would do, said before it is done. */
export const texts: Texts<{
  none: string;
  add: (number: number, after: number, size: number) => string;
  over: (number: number, over: number) => string;
}> = {
  zh: {
    none: "勾选作品后，这里会说明将要做什么。",
    add: (number, after, size) => `将选入 ${number} 部，选入后共 ${after} / ${size} 部。`,
    over: (number, over) => `已勾选 ${number} 部，超出名额 ${over} 部。请减少后再选入。`,
  },
  en: {
    none: "Tick works and this line says what will happen.",
    add: (number, after, size) => `Adds ${number}; the list will then have ${after} of ${size}.`,
    over: (number, over) => `${number} ticked, ${over} more than there are places. Untick some.`,
  },
};
