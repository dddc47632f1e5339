import { describe, expect, it } from "vitest";

const tables = import.meta.glob<{ texts?: Record<string, unknown> }>("../src/texts/*.ts", {
  eager: true,
});

function keys(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => keys(inner, `${path}/${key}`));
}

describe.each(Object.entries(tables))("%s", (_name, module) => {
  it("says everything in both languages", () => {
    const texts = module.texts as { zh: unknown; en: unknown };
    expect(texts).toBeDefined();
    expect(keys(texts.en).sort()).toEqual(keys(texts.zh).sort());
  });
  it("has no Chinese in its English", () => {
    const texts = module.texts as { en: unknown };
    expect(JSON.stringify(texts.en)).not.toMatch(/\p{Script=Han}/u);
  });
});
