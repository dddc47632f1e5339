/** `?t=12.4` (or `1:02.5`) in a page's address: its film begins there. A link to a moment is how
 * a finding or the words of a search are shown to somebody else. */
export function startAtMoments(page: Document, search: string): void {
  const at = momentOf(search);
  const film = page.querySelector<HTMLVideoElement>("video[data-player]");
  if (at !== undefined && film) film.currentTime = at;
}

export function momentOf(search: string): number | undefined {
  const text = new URLSearchParams(search).get("t") ?? "";
  if (!/^\d{1,4}(:\d{1,2}){0,2}(\.\d{1,3})?$/.test(text)) return undefined;
  return text.split(":").reduce((whole, part) => whole * 60 + Number(part), 0);
}
