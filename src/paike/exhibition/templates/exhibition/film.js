// A film's page: ?t=12.4 begins there, and the line below the film shows the picture of the moment
// under the pointer or finger. The pictures are fetched when somebody reaches for the line.
(function () {
  var film = document.querySelector("video");
  if (!film) return;
  var asked = /^\d{1,5}(\.\d{1,3})?$/.exec(new URLSearchParams(location.search).get("t") || "");
  if (asked) {
    film.preload = "metadata";
    film.currentTime = Number(asked[0]);
  }
  var line = document.querySelector(".scrub");
  var part = film.querySelector('track[kind="metadata"]');
  if (!line || !part) return;
  var handle = line.querySelector("input");
  var look = line.querySelector("output");
  var picture = look.children[0];
  var held = false;

  function length() {
    var cues = part.track.cues;
    return film.duration || (cues && cues.length ? cues[cues.length - 1].endTime : 0);
  }
  function written(at) {
    return Math.floor(at / 60) + ":" + String(Math.floor(at % 60)).padStart(2, "0");
  }
  function load() {
    part.track.mode = "hidden";
    handle.max = length();
    if (!held) handle.value = film.currentTime;
  }
  function show(at) {
    load();
    var cue = Array.from(part.track.cues || []).find(function (one) { return at < one.endTime; });
    var found = cue && /^(.+)#xywh=(\d+),(\d+),(\d+),(\d+)$/.exec(cue.text);
    look.hidden = !found;
    if (!found) return;
    picture.style.cssText = "width:" + found[4] + "px;height:" + found[5] + "px;background:url('" +
      new URL(found[1], part.src).href + "') -" + found[2] + "px -" + found[3] + "px";
    look.children[1].textContent = written(at);
    look.style.setProperty("--at", at / length());
  }
  function rest() {
    held = false;
    look.hidden = true;
  }
  line.hidden = false;
  part.addEventListener("load", load);
  film.addEventListener("durationchange", load);
  film.addEventListener("timeupdate", function () { if (!held) handle.value = film.currentTime; });
  line.addEventListener("pointerenter", load);
  line.addEventListener("pointermove", function (event) {
    var box = handle.getBoundingClientRect();
    var share = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
    if (!held) show(share * length());
  });
  line.addEventListener("pointerleave", function () { if (!held) rest(); });
  handle.addEventListener("focus", load);
  handle.addEventListener("pointerdown", function () { held = true; load(); });
  handle.addEventListener("input", function () { show(Number(handle.value)); });
  handle.addEventListener("change", function () {
    rest();
    film.preload = "metadata";
    film.currentTime = Number(handle.value);
  });
  handle.addEventListener("pointerup", rest);
  handle.addEventListener("pointercancel", rest);
})();
