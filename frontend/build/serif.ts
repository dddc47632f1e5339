import { readFileSync } from "node:fs";
import path from "node:path";
import type { Plugin } from "vite";

/** `src/styles/serif.css` becomes the font's own style sheet, without the WOFF copies: every
 * browser we serve reads WOFF2, and the copies would double the package. */
export function serif(packageFolder: string): Plugin {
  return {
    name: "paike-serif",
    enforce: "pre",
    load(id) {
      if (!id.endsWith("src/styles/serif.css")) return null;
      const css = readFileSync(path.join(packageFolder, "700.css"), "utf8");
      return onlyWoff2(css).replaceAll("url(./files/", `url(${packageFolder}/files/`);
    },
  };
}

export function onlyWoff2(css: string): string {
  return css.replace(/,\s*url\([^)]*\.woff\)\s*format\(['"]woff['"]\)/g, "");
}
