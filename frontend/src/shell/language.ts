/** A table of texts: one object per language, same keys. */
export type Texts<T> = { zh: T; en: T };

/** The page's language, from <html lang>: English or, in all other cases, Chinese. */
export function language(page: Document = document): "zh" | "en" {
  return page.documentElement.lang.startsWith("en") ? "en" : "zh";
}

/** The texts in the page's language. */
export function inLanguage<T>(texts: Texts<T>, page: Document = document): T {
  return texts[language(page)];
}
