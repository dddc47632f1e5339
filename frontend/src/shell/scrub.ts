/** The line under a film: where the pointer or finger is, the picture of that moment is shown; let
 * go, and the film is there. The pictures come from the player's own metadata track (WebVTT whose
 * cues are parts of one picture), which is loaded when somebody reaches for the line. */
export function showScrubs(page: ParentNode): void {
  for (const line of page.querySelectorAll<HTMLElement>("[data-scrub]")) ready(line);
}

function ready(line: HTMLElement): void {
  const box = line.closest(".player-box");
  const film = box?.querySelector<HTMLVideoElement>("video[data-player]");
  const track = film?.querySelector<HTMLTrackElement>('track[kind="metadata"]')?.track;
  const handle = line.querySelector<HTMLInputElement>("input");
  const look = line.querySelector<HTMLElement>("output");
  if (!film || !track || !handle || !look) return;
  let held = false;

  const length = () => {
    if (!Number.isFinite(film.duration) || film.duration <= 0) return;
    handle.max = String(film.duration);
    line.hidden = false;
  };
  const follow = () => {
    if (held) return;
    handle.value = String(film.currentTime);
    handle.setAttribute("aria-valuetext", written(film.currentTime));
  };
  const show = (at: number) => {
    track.mode = "hidden";
    place(look, at, film.duration, pictureAt(track, at));
  };
  const hide = () => {
    if (!held) look.hidden = true;
  };

  length();
  follow();
  film.addEventListener("loadedmetadata", length);
  film.addEventListener("durationchange", length);
  film.addEventListener("timeupdate", follow);
  film.addEventListener("seeking", follow);
  line.addEventListener("pointerenter", () => {
    track.mode = "hidden";
  });
  line.addEventListener("pointermove", (event) => {
    if (!held) show(momentAt(event.clientX, handle.getBoundingClientRect(), film.duration));
  });
  line.addEventListener("pointerleave", hide);
  handle.addEventListener("pointerdown", () => {
    held = true;
  });
  // Not for the form or desk around the player: nothing of theirs has changed.
  for (const kind of ["input", "change", "keydown"])
    handle.addEventListener(kind, (event) => event.stopPropagation());
  handle.addEventListener("input", () => {
    show(Number(handle.value));
    handle.setAttribute("aria-valuetext", written(Number(handle.value)));
  });
  handle.addEventListener("change", () => {
    held = false;
    look.hidden = true;
    film.currentTime = Number(handle.value);
  });
  for (const end of ["pointerup", "pointercancel", "blur"])
    handle.addEventListener(end, () => {
      held = false;
      hide();
    });
}

/** The moment below a pointer; the handle of a range is half its width from either end. */
export function momentAt(x: number, box: { left: number; width: number }, length: number): number {
  const share = (x - box.left) / Math.max(box.width, 1);
  return Math.min(Math.max(share, 0), 1) * length;
}

/** `address#xywh=x,y,w,h` of the cue at a moment. */
export interface Part {
  address: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export function partOf(text: string): Part | undefined {
  const found = /^(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)$/.exec(text.trim());
  if (!found) return undefined;
  const [x, y, width, height] = found.slice(2).map(Number) as [number, number, number, number];
  return { address: found[1] as string, x, y, width, height };
}

function pictureAt(track: TextTrack, at: number): Part | undefined {
  const cues = Array.from(track.cues ?? []) as VTTCue[];
  const found = cues.find((cue) => at < cue.endTime) ?? cues.at(-1);
  return found && partOf(found.text);
}

function place(look: HTMLElement, at: number, length: number, part: Part | undefined): void {
  const [picture, words] = [look.children[0] as HTMLElement, look.children[1] as HTMLElement];
  look.hidden = false;
  look.style.setProperty("--at", String(length > 0 ? at / length : 0));
  words.textContent = written(at);
  picture.hidden = !part;
  if (!part) return;
  picture.style.width = `${part.width}px`;
  picture.style.height = `${part.height}px`;
  picture.style.backgroundImage = `url("${part.address}")`;
  picture.style.backgroundPosition = `${-part.x}px ${-part.y}px`;
}

export function written(at: number): string {
  const whole = Math.floor(at);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
