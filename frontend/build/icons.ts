import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Plugin } from "vite";

/** All Lucide icons in one file beside the manifest: name -> what stands inside the <svg>.
 * The template tag `icon` reads it, so that the Python package needs no Node. */
export function icons(folder: string): Plugin {
  return {
    name: "paike-icons",
    apply: "build",
    generateBundle() {
      this.emitFile({
        type: "asset",
        fileName: "icons.json",
        source: JSON.stringify(read(folder)),
      });
    },
  };
}

export function read(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const file of readdirSync(folder).sort()) {
    if (file.endsWith(".svg")) {
      found[file.slice(0, -4)] = inside(readFileSync(path.join(folder, file), "utf8"));
    }
  }
  return found;
}

function inside(svg: string): string {
  const start = svg.indexOf(">", svg.indexOf("<svg")) + 1;
  return svg.slice(start, svg.lastIndexOf("</svg>")).replace(/\s*\n\s*/g, "");
}
