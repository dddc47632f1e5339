/** The comparison of a converted film with the original: both play, pause and jump together; the
 * original is silent, so that one hears one sound. Each also plays by itself. */

const films = [...document.querySelectorAll<HTMLVideoElement>("[data-compare] video")];
const button = document.querySelector<HTMLButtonElement>("[data-together]");
const APART = 0.3; // seconds by which they may differ before one is moved

for (const part of document.querySelectorAll<HTMLElement>("[data-scripted]")) part.hidden = false;

const [lead, follower] = films;
if (lead && follower && button) {
  const words = button.querySelector<HTMLElement>("[data-together-words]");
  const start = words?.textContent ?? "";
  let together = false;

  button.addEventListener("click", () => {
    together = lead.paused;
    follower.muted = true;
    if (together) {
      follower.currentTime = lead.currentTime;
      for (const film of films) void film.play();
    } else for (const film of films) film.pause();
  });
  lead.addEventListener("timeupdate", () => {
    if (together && Math.abs(follower.currentTime - lead.currentTime) > APART) {
      follower.currentTime = lead.currentTime;
    }
  });
  lead.addEventListener("seeked", () => {
    if (together) follower.currentTime = lead.currentTime;
  });
  lead.addEventListener("play", () => say(words?.dataset.stop ?? ""));
  for (const event of ["pause", "ended"]) {
    lead.addEventListener(event, () => {
      if (together) follower.pause();
      say(start);
    });
  }

  function say(text: string): void {
    if (words) words.textContent = text;
  }
}

export {};
