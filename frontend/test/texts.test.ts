import { describe, expect, it } from "vitest";

type Table = { zh: unknown; en: unknown };

const modules = import.meta.glob<Record<string, unknown>>("../src/texts/*.ts", { eager: true });

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && "zh" in value && "en" in value;
}

function tablesOf(module: Record<string, unknown>): Table[] {
  return Object.values(module).filter(isTable);
}

/** A text may be a function of its figures: what it says is in its source. */
function written(value: unknown): string {
  return JSON.stringify(value, (_key, inner) =>
    typeof inner === "function" ? inner.toString() : inner,
  );
}

function keys(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => keys(inner, `${path}/${key}`));
}

describe.each(Object.entries(modules))("%s", (_name, module) => {
  it("says everything in both languages", () => {
    expect(tablesOf(module)).not.toHaveLength(0);
    for (const table of tablesOf(module)) {
      expect(keys(table.en).sort()).toEqual(keys(table.zh).sort());
    }
  });
  it("has no Chinese in its English", () => {
    for (const table of tablesOf(module)) {
      expect(written(table.en)).not.toMatch(/\p{Script=Han}/u);
    }
  });
});
