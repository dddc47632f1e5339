import { readdirSync } from "node:fs";
import path from "node:path";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vitest/config";
import { icons } from "./build/icons.ts";
import { serif } from "./build/serif.ts";

const here = import.meta.dirname;
const pages = readdirSync(path.join(here, "src/pages"))
  .filter((name) => name.endsWith(".ts"))
  .map((name) => path.join(here, "src/pages", name));

/** One module per page (`src/pages/<name>.ts`) and the shell that every page loads. Templates find
 * the hashed names in the manifest: see the `vite` tag in paike/web/shared. */
export default defineConfig({
  root: here,
  base: "./",
  publicDir: false,
  plugins: [
    serif(path.join(here, "node_modules/@fontsource/noto-serif-sc")),
    tailwindcss(),
    icons(path.join(here, "node_modules/lucide-static/icons")),
  ],
  build: {
    outDir: path.join(here, "../src/paike/web/static/built"),
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      // htmx carries one eval for a feature that `allowEval = false` switches off.
      checks: { eval: false },
      input: [path.join(here, "src/main.ts"), path.join(here, "src/styles/serif.css"), ...pages],
    },
  },
  test: { environment: "happy-dom", include: ["test/**/*.test.ts", "src/**/*.test.ts"] },
});
