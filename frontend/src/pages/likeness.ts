/** Two films side by side: a passage plays in both at once, each from its own beginning, the second at
 * the speed at which it shows the same. Without script both players still play by themselves. */

const films = Array.from(document.querySelectorAll<HTMLVideoElement>("[data-side] video"));

for (const button of document.querySelectorAll<HTMLButtonElement>("[data-passage]")) {
  button.addEventListener("click", () => play(button));
}

function play(button: HTMLButtonElement): void {
  const [left, right] = films;
  if (!left || !right) return;
  left.currentTime = Number(button.dataset["left"]);
  right.currentTime = Number(button.dataset["right"]);
  right.playbackRate = Number(button.dataset["speed"]) || 1;
  right.muted = true; // two sounds at once help nobody
  void left.play();
  void right.play();
}

// Whoever pauses one wants to look at both.
for (const film of films) {
  film.addEventListener("pause", () => {
    for (const other of films) other.pause();
  });
}

export {};
