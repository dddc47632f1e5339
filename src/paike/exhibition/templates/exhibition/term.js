// The term of the exhibition: afterwards the films go and a line says so.
(function () {
  var page = document.documentElement;
  if (Date.now() < Date.parse(page.dataset.expires)) return;
  page.classList.add("ended");
  document.querySelectorAll(".over").forEach(function (line) { line.hidden = false; });
  document.querySelectorAll("video").forEach(function (film) { film.remove(); });
})();
