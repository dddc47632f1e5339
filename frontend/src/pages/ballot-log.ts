import { inLanguage } from "../shell/language";
import { texts } from "../texts/receipt";

const page = document.querySelector<HTMLElement>("[data-log]");
if (page) show(page, page.dataset.log ?? "", page.dataset.origin ?? "");

/** The checkpoint as it is served: size and root; and how far which witnesses have signed. */
async function show(page: HTMLElement, slug: string, origin: string): Promise<void> {
  const text = await fetchText(`/c/${slug}/ballot-log/checkpoint`);
  const read = text === null ? null : checkpoint(text);
  if (!read || read.origin !== origin) return;
  const set = (name: string, value: string) => {
    const part = page.querySelector(`[data-${name}]`);
    if (part) part.textContent = value;
  };
  set("size", read.size);
  set("root", read.root);
  const seen = await fetchText(`/c/${slug}/ballot-log/checkpoint.witnessed`);
  const witnessed = seen === null ? null : checkpoint(seen);
  const witnesses = witnessed?.signers.filter((name) => name !== origin) ?? [];
  if (witnessed && witnesses.length) {
    set("witnesses", inLanguage(texts).witnessed(witnesses.join("、"), witnessed.size));
  }
}

async function fetchText(address: string): Promise<string | null> {
  try {
    const answer = await fetch(address);
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}

function checkpoint(text: string) {
  const [body, signatures] = text.split("\n\n");
  const [origin, size, root] = (body ?? "").split("\n");
  if (!origin || !size || !root) return null;
  const signers = (signatures ?? "")
    .split("\n")
    .filter((line) => line.startsWith("— "))
    .map((line) => line.split(" ")[1] ?? "");
  return { origin, size, root, signers };
}
