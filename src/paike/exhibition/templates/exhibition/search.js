// Search: the index is fetched when somebody begins to type, and everything is looked for here.
// Punctuation, spaces, widths, capitals and traditional forms of characters make no difference.
(function () {
  var form = document.querySelector(".search");
  var field = form.querySelector("input");
  var status = document.querySelector("[data-status]");
  var list = document.querySelector("[data-found]");
  var MOST = 30, MOMENTS = 4;
  var index, asking;

  // The letters of a text in one form, and where each came from.
  function plain(text) {
    var letters = "", from = [];
    var at = 0;
    Array.from(text).forEach(function (one) {
      Array.from(one.normalize("NFKC").toLowerCase()).forEach(function (letter) {
        var known = index.fold[letter] || letter;
        if (!/[\p{L}\p{N}]/u.test(known)) return;
        letters += known;
        for (var unit = 0; unit < known.length; unit++) from.push([at, at + one.length]);
      });
      at += one.length;
    });
    return { letters: letters, from: from };
  }

  function prepare(found) {
    index = found;
    index.works.forEach(function (work) {
      work.head = plain(work.title).letters + "\n" + plain(work.credit).letters;
      work.said = "";
      work.lines = work.lines.map(function (line) {
        var one = { at: line[0], words: line[1], plain: plain(line[1]), start: work.said.length };
        work.said += one.plain.letters;
        return one;
      });
    });
  }

  // Every term is in the title, the credit or the words; and where in the words.
  function look(work, terms) {
    var places = [];
    var all = terms.every(function (term) {
      var at = work.said.indexOf(term), inHead = work.head.includes(term);
      var there = at >= 0 || inHead;
      while (at >= 0) {
        places.push([at, at + term.length]);
        at = work.said.indexOf(term, at + 1);
      }
      return there;
    });
    return all ? { work: work, places: places } : null;
  }

  // A line with what was looked for marked.
  function marked(line, places) {
    var made = document.createElement("span"), ends = 0;
    places
      .map(function (place) { return [place[0] - line.start, place[1] - line.start]; })
      .filter(function (place) { return place[1] > 0 && place[0] < line.plain.letters.length; })
      .sort(function (a, b) { return a[0] - b[0]; })
      .forEach(function (place) {
        var first = line.plain.from[Math.max(place[0], 0)][0];
        var last = line.plain.from[Math.min(place[1], line.plain.from.length) - 1][1];
        if (first < ends) return;
        made.append(line.words.slice(ends, first));
        var mark = document.createElement("mark");
        mark.textContent = line.words.slice(first, last);
        made.append(mark);
        ends = last;
      });
    made.append(line.words.slice(ends));
    return made;
  }

  function element(name, text, className) {
    var made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function shown(hit) {
    var page = form.dataset.works + hit.work.id + ".html";
    var item = element("li"), picture = element("img"), words = element("div");
    picture.src = new URL("posters/" + hit.work.id + "-s.webp", new URL(form.dataset.root, location.href)).href;
    picture.alt = "";
    picture.loading = "lazy";
    picture.width = 96;
    picture.height = 72;
    var title = element("a", hit.work.title, "title");
    title.href = page;
    words.append(title, element("p", hit.work.credit, "credit"));
    var lines = hit.work.lines.filter(function (line) {
      return hit.places.some(function (place) {
        return place[0] >= line.start && place[0] < line.start + line.plain.letters.length;
      });
    });
    lines.slice(0, MOMENTS).forEach(function (line) {
      var seconds = Math.floor(line.at / 1000);
      var link = element("a", "", "moment");
      link.href = page + "?t=" + (line.at / 1000).toFixed(1);
      link.append(
        element("b", Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0")),
        marked(line, hit.places)
      );
      words.append(link);
    });
    item.append(picture, words);
    return item;
  }

  function show() {
    if (!index) return;
    var terms = field.value.split(/\s+/).map(function (word) { return plain(word).letters; }).filter(Boolean);
    list.replaceChildren();
    status.textContent = "";
    if (!terms.length) return;
    var hits = index.works.map(function (work) { return look(work, terms); }).filter(Boolean);
    status.textContent = !hits.length ? form.dataset.none
      : hits.length === 1 ? form.dataset.one
      : form.dataset.many.replace("{n}", hits.length);
    if (hits.length > MOST) status.textContent += " " + form.dataset.more.replace("{n}", MOST);
    list.replaceChildren.apply(list, hits.slice(0, MOST).map(shown));
  }

  function ask() {
    if (index) return show();
    if (asking) return;
    asking = true;
    fetch(form.dataset.root)
      .then(function (answer) {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.json();
      })
      .then(function (found) { prepare(found); show(); })
      .catch(function () { asking = false; status.textContent = form.dataset.fault; });
  }

  form.hidden = false;
  form.addEventListener("submit", function (event) { event.preventDefault(); ask(); });
  field.addEventListener("focus", ask);
  field.addEventListener("input", function () {
    var to = new URL(location.href);
    to.searchParams.set("q", field.value);
    try { history.replaceState(null, "", to); } catch (refused) { /* a folder opened without a server */ }
    ask();
  });
  field.value = new URLSearchParams(location.search).get("q") || "";
  if (field.value) ask();
})();
