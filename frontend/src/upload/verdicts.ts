import { language } from "../shell/language";
import type { Line } from "./precheck";

const MARKS = { pass: "✓", warn: "!", refuse: "✕" };
const WORDS = {
  zh: { pass: "通过", warn: "提示", refuse: "不符合" },
  en: { pass: "Passed", warn: "Hint", refuse: "Not met" },
};

/** The verdicts as the server shows them (shared/components/verdicts.html), what needs reading open. */
export function verdictList(lines: Line[]): HTMLElement {
  const list = element("ul", "verdicts");
  for (const line of lines) list.append(row(line));
  return list;
}

function row(line: Line): HTMLElement {
  const code = language();
  const item = element("li", `verdict verdict-${line.outcome}`);
  const details = document.createElement("details");
  details.open = line.outcome !== "pass";
  const summary = document.createElement("summary");
  const icon = element("span", "verdict-icon", MARKS[line.outcome]);
  icon.setAttribute("role", "img");
  icon.setAttribute("aria-label", WORDS[code][line.outcome]);
  const figures = element("span", "verdict-figures", line.measured[code]);
  if (line.limit[code]) figures.append(" ", element("span", "verdict-limit", line.limit[code]));
  summary.append(icon, element("span", "verdict-name", line.name[code]), figures);
  details.append(summary);
  const advice = line.advice[code];
  if (advice) details.append(element("div", "verdict-advice", advice));
  item.append(details);
  return item;
}

function element(name: string, css: string, words = ""): HTMLElement {
  const made = document.createElement(name);
  made.className = css;
  made.textContent = words;
  return made;
}
