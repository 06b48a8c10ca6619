"use strict";
/* The report's own script. What pages say reaches the document only as text (textContent), never as HTML. */
(() => {
  const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
  const ABBREVIATIONS = { "\u061c": "ALM", "\u200b": "ZWSP", "\u200e": "LRM", "\u200f": "RLM", "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO", "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI", "\u00ad": "SHY", "\ufeff": "BOM" };
  const HIDDEN_AT_FIRST = new Set(["topic", "title", "type"]);
  const STEP = 100; // rows of the list that are drawn at a time
  const find = (id) => document.getElementById(id);

  /* --- small helpers --- */
  function make(tag, classes, text) {
    const element = document.createElement(tag);
    if (classes) element.className = classes;
    if (text !== undefined && text !== null) element.textContent = visible(String(text));
    return element;
  }
  function spelled(character) {
    return ABBREVIATIONS[character] || "U+" + character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  }
  function visible(text) {
    return text.replace(CONTROLS, (character) => "[" + spelled(character) + "]");
  }
  async function unpack(id) {
    const bytes = Uint8Array.from(atob(find(id).textContent), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  }
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  /* --- what the report holds --- */
  let index, bodyNames, bodyNumbers, haystacks;
  let found = []; // numbers of the pages that the filters let through
  let drawn = 0;
  let left = { query: null, drawn: 0, scrolled: 0 }; // the list as it stood when a page was opened
  let query = ""; // the filters, as they stand in the address
  const blocks = new Map();
  function pageData(number) {
    const block = Math.floor(number / index.block);
    if (!blocks.has(block)) {
      if (blocks.size > 8) blocks.delete(blocks.keys().next().value);
      blocks.set(block, unpack("block" + block));
    }
    return blocks.get(block).then((pages) => pages[number % index.block]);
  }

  /* --- the list --- */
  const [TITLE, PATH, KIND, LANGUAGE, DAY, COUNTRIES, BODIES, PEOPLE, OBJECTIVES, GOALS, REASONS, WARNINGS] = Array(12).keys();
  function option(select, value, label) {
    const element = make("option", "", label);
    element.value = value;
    select.append(element);
  }
  function prepareFilters() {
    const form = find("filters");
    const seen = (column) => [...new Set(index.pages.flatMap((page) => page[column]))];
    for (const kind of seen(KIND).sort()) option(form.kind, kind, kind);
    const named = Object.entries(index.countries).sort((a, b) => a[1].localeCompare(b[1]));
    for (const [code, name] of named) option(form.country, code, name);
    for (const number of seen(OBJECTIVES).sort((a, b) => a - b)) option(form.objective, number, number + " " + index.objectives[number]);
    for (const number of seen(GOALS).sort((a, b) => a - b)) option(form.goal, number, number + " " + index.goals[number]);
    for (const code of seen(WARNINGS).sort()) option(form.warning, code, code.replaceAll("_", " "));
    const counts = new Map();
    for (const page of index.pages) for (const body of page[BODIES]) counts.set(body, (counts.get(body) || 0) + 1);
    const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 400);
    for (const [body] of most) option(find("bodies"), bodyNames[body], undefined);
    let timer;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => go("#pages" + asQuery(form)), 120);
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => go("#pages")));
  }
  function asQuery(form) {
    const given = [...new FormData(form)].filter(([, value]) => value !== "");
    return given.length ? "?" + new URLSearchParams(given) : "";
  }
  function go(hash) {
    if (location.hash !== hash) history.replaceState(null, "", hash);
    route();
  }
  let texts; // of all pages, folded; unpacked when a person first searches in them
  async function allTexts() {
    const found = [];
    for (let block = 0; find("block" + block); block++) {
      for (const entry of await unpack("block" + block)) found.push(fold(entry.text));
    }
    return found;
  }
  function matching(filters, texts) {
    const words = fold(filters.get("q") || "").split(/\s+/).filter(Boolean);
    const organization = fold(filters.get("organization") || "");
    const bodies = organization && new Set(bodyNames.flatMap((name, n) => (fold(name).includes(organization) ? [n] : [])));
    const body = filters.get("body") && bodyNumbers.get(filters.get("body"));
    const [from, until] = [filters.get("from"), filters.get("until")];
    const same = (column, name) => {
      const wanted = filters.get(name);
      return (page) => !wanted || String(page[column]) === wanted;
    };
    const among = (column, name) => {
      const wanted = filters.get(name);
      return (page) => !wanted || page[column].some((value) => String(value) === wanted);
    };
    const tests = [
      same(KIND, "kind"), among(COUNTRIES, "country"), among(OBJECTIVES, "objective"), among(GOALS, "goal"), among(WARNINGS, "warning"),
      (page) => !filters.get("review") || page[REASONS].length > 0,
      (page) => !bodies || page[BODIES].some((n) => bodies.has(n)),
      (page) => !filters.get("body") || page[BODIES].includes(body),
      (page) => !from || (page[DAY] && page[DAY] >= from.slice(0, page[DAY].length)),
      (page) => !until || (page[DAY] && page[DAY] <= until),
      (page, n) => words.every((word) => haystacks[n].includes(word) || (texts && texts[n].includes(word))),
    ];
    return index.pages.flatMap((page, n) => (tests.every((test) => test(page, n)) ? [n] : []));
  }
  async function showList() {
    const asked = query;
    const filters = new URLSearchParams(query);
    const form = find("filters");
    for (const element of form.elements) {
      if (!element.name || element === document.activeElement) continue;
      if (element.type === "checkbox") element.checked = filters.has(element.name);
      else element.value = filters.get(element.name) || "";
    }
    if (filters.has("texts") && filters.get("q")) {
      if (!texts) find("found").textContent = "Reading the texts …";
      texts = texts || allTexts();
      await texts;
      if (asked !== query || shownView !== "pages") return; // another question came meanwhile
      found = matching(filters, await texts);
    } else found = matching(filters);
    const body = filters.get("body") && bodyNames[bodyNumbers.get(filters.get("body"))];
    find("found").textContent = found.length.toLocaleString("en") + " of " + index.pages.length.toLocaleString("en") + " pages" + (body ? " that name " + visible(body) : "");
    find("list").replaceChildren();
    drawn = 0;
    do drawMore();
    while (drawn < left.drawn && left.query === query && drawn < found.length);
    scrollTo(0, left.query === query ? left.scrolled : 0);
  }
  function drawMore() {
    const rows = found.slice(drawn, drawn + STEP).map(row);
    drawn += rows.length;
    find("list").append(...rows);
    find("more").hidden = drawn >= found.length;
  }
  function row(number) {
    const page = index.pages[number];
    const item = make("li");
    const link = make("a");
    link.href = "#page/" + number;
    link.append(make("bdi", "", page[TITLE] || page[PATH]));
    const places = page[COUNTRIES].map((code) => index.countries[code]).join(", ");
    const named = page[BODIES].slice(0, 3).map((n) => bodyNames[n]).join(", ") + (page[BODIES].length > 3 ? " and " + (page[BODIES].length - 3) + " more" : "");
    const meta = make("bdi", "meta", [page[DAY], places, named].filter(Boolean).join(" · ") || "no date, no place");
    const reasons = make("span", "reasons");
    for (const reason of page[REASONS]) reasons.append(make("span", "chip", reason));
    item.append(link, make("span", "kind", page[KIND]), meta, reasons);
    return item;
  }

  /* --- one page: text --- */
  /* Marks [start, end, value] may cross and nest. Each gets a lane of its own for its whole length, so that its line
     runs through; short marks lie nearest to the text. The text is cut wherever a mark or a line of the page ends. */
  function withLanes(marks) {
    const lanes = []; // of each: [start, end] of its marks, in order
    const shortestFirst = [...marks].sort((a, b) => a[1] - a[0] - (b[1] - b[0]) || a[0] - b[0]);
    for (const mark of shortestFirst) {
      let number = lanes.findIndex((lane) => isFree(lane, mark));
      if (number < 0) number = lanes.push([]) - 1;
      lanes[number].splice(placeIn(lanes[number], mark[0]), 0, mark);
      mark[3] = number;
    }
    return marks.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  }
  function placeIn(lane, start) {
    let [low, high] = [0, lane.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (lane[middle][0] < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  function isFree(lane, mark) {
    const at = placeIn(lane, mark[0]);
    return (at === 0 || lane[at - 1][1] <= mark[0]) && (at === lane.length || lane[at][0] >= mark[1]);
  }
  function* segments(text, marks) {
    const cuts = new Set([0, text.length]);
    for (const [start, end] of marks) cuts.add(start).add(end);
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) cuts.add(at).add(at + 1);
    const bounds = [...cuts].sort((a, b) => a - b);
    let next = 0;
    let open = [];
    for (let n = 0; n + 1 < bounds.length; n++) {
      const [start, end] = [bounds[n], bounds[n + 1]];
      open = open.filter((mark) => mark[1] > start);
      while (next < marks.length && marks[next][0] <= start) open.push(marks[next++]);
      yield [start, end, open.slice()];
    }
  }
  let page, chosen = -1, turn = 0;
  const off = new Set(HIDDEN_AT_FIRST); // kinds that are not highlighted
  const isShown = (number) => !off.has(page.values[number][KIND_OF]) || number === chosen;
  /* What is highlighted: of values of one kind that share a passage, one mark with the numbers of all. */
  function marksShown() {
    const marks = new Map();
    page.values.forEach((value, number) => {
      if (!isShown(number)) return;
      const all = value[KIND_OF] !== "label" || number === chosen; // of a labelled field the label, until it is chosen
      for (let n = 0; n < (all ? value[EVIDENCE].length : 2); n += 2) {
        const [start, end] = [value[EVIDENCE][n], value[EVIDENCE][n + 1]];
        const key = [start, end, value[KIND_OF]].join();
        if (marks.has(key)) marks.get(key)[2].push(number);
        else if (end > start) marks.set(key, [start, end, [number], 0]);
      }
    });
    return [...marks.values()];
  }
  function showText() {
    const heads = new Map(page.sections.filter((s) => s[0]).map((s) => [s[3], s]));
    const title = page.values.find((value) => value[KIND_OF] === "title" && value[EVIDENCE].length);
    const box = find("text");
    const lines = document.createDocumentFragment();
    let line = newLine(0);
    function newLine(start) {
      const element = make("div", "line");
      element.dir = "auto";
      element.id = "at" + start;
      if (heads.has(start)) element.classList.add("head");
      if (title && title[EVIDENCE][0] === start) element.classList.add("head", "first");
      lines.append(element);
      return element;
    }
    for (const [start, end, over] of segments(page.text, withLanes(marksShown()))) {
      if (page.text[start] === "\n") {
        line = newLine(end);
        continue;
      }
      let target = line;
      if (over.length) {
        target = make("mark", "seg");
        target.dataset.values = [...over].sort((a, b) => a[3] - b[3]).flatMap((mark) => mark[2]).join(" "); // the nearest first
        target.dataset.start = start;
        target.tabIndex = -1;
        if (over.some((mark) => mark[0] === start)) target.dataset.stop = "";
        line.append(target);
        for (const mark of over) {
          const layer = make("span", "layer lane" + Math.min(mark[3], 3) + " k-" + page.values[mark[2][0]][KIND_OF]);
          layer.dataset.values = mark[2].join(" ");
          target.append(layer);
          target = layer;
        }
      }
      addText(target, page.text.slice(start, end));
    }
    box.lang = page.language;
    box.replaceChildren(lines);
    const first = box.querySelector("[data-stop]");
    if (first) first.tabIndex = 0;
  }
  function addText(target, text) {
    let at = 0;
    for (const control of text.matchAll(CONTROLS)) {
      target.append(text.slice(at, control.index));
      const badge = make("span", "control");
      badge.textContent = spelled(control[0]);
      badge.title = "invisible character U+" + control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
      target.append(badge);
      at = control.index + 1;
    }
    target.append(text.slice(at));
  }
  function markChosen() {
    for (const element of document.querySelectorAll(".layer, .value")) {
      element.classList.toggle("chosen", element.dataset.values.split(" ").includes(String(chosen)));
    }
  }
  function showLegend() {
    const counts = new Map();
    for (const value of page.values) {
      const passages = value[KIND_OF] === "label" ? 1 : value[EVIDENCE].length / 2;
      counts.set(value[KIND_OF], (counts.get(value[KIND_OF]) || 0) + passages);
    }
    const legend = find("legend");
    legend.replaceChildren(legend.firstElementChild);
    for (const [kind, name] of Object.entries(index.kinds)) {
      if (!counts.get(kind)) continue;
      const label = make("label", "k-" + kind);
      const box = make("input");
      box.type = "checkbox";
      box.checked = !off.has(kind);
      box.addEventListener("change", () => {
        if (box.checked) off.delete(kind);
        else off.add(kind);
        showText();
        markChosen();
      });
      label.append(box, make("span", "swatch " + kind, name), make("span", "badge", counts.get(kind)));
      legend.append(label);
    }
  }
  function showOutline() {
    const items = page.sections.map((section) => {
      const item = make("li");
      const link = make("a", section[0] ? "" : "lost");
      link.href = "#";
      link.append(make("bdi", "", section[0] || section[1].replaceAll("_", " ")));
      if (!section[0]) link.title = "no heading on the page";
      link.addEventListener("click", (event) => {
        event.preventDefault();
        reveal(lineAt(section[3]), "start");
      });
      item.append(link);
      return item;
    });
    find("outline").replaceChildren(...items);
    find("outline-box").hidden = !items.length;
    find("outline-box").open = matchMedia("(min-width: 48rem)").matches;
  }
  function lineAt(offset) {
    return find("at" + (page.text.lastIndexOf("\n", offset - 1) + 1)) || find("text");
  }
  function reveal(element, block) {
    element.scrollIntoView({ block: block || "center", inline: "nearest" });
  }

  /* --- one page: values --- */
  const [GROUP, KIND_OF, VALUE, DETAIL, EVIDENCE, METHOD, RULE, CONFIDENCE, ORIGIN, CONCEPTS, DOUBTFUL] = Array(11).keys();
  function source(value) {
    const parts = [value[RULE] ? index.rules[value[RULE]] || value[RULE] : value[METHOD] === "field" ? "a labelled field of the page" : ""];
    if (value[CONFIDENCE] !== null) parts.push("confidence " + Math.round(value[CONFIDENCE] * 100) + " %");
    const passages = value[EVIDENCE].length / 2;
    if (passages > 1) parts.push(passages + " passages");
    return parts.filter(Boolean).join(" · ");
  }
  function showValues() {
    const box = find("values");
    const groups = new Map();
    page.values.forEach((value, number) => {
      if (!groups.has(value[GROUP])) groups.set(value[GROUP], []);
      groups.get(value[GROUP]).push(valueItem(value, number));
    });
    const sections = [...groups].map(([name, items]) => {
      const list = make("ul");
      list.append(...items);
      return section(name, list);
    });
    if (page.links.length) {
      const list = make("ul", "links");
      for (const [url, text] of page.links) {
        const item = make("li");
        item.append(/^https?:/i.test(url) ? outside(url, text || url) : make("bdi", "", (text || "") + " " + url));
        list.append(item);
      }
      sections.push(section("Links", list));
    }
    const facts = make("dl", "facts");
    for (const [name, value] of page.about) {
      if (!value) continue;
      const cell = make("dd");
      cell.append(/^https?:/i.test(value) ? outside(value, value) : make("bdi", "", value));
      facts.append(make("dt", "", name), cell);
    }
    sections.push(section("Source", facts));
    box.replaceChildren(...sections);
  }
  function section(name, content) {
    const element = make("section");
    element.append(make("h3", "", name), content);
    return element;
  }
  function outside(url, text) {
    const link = make("a");
    link.href = url;
    link.rel = "noreferrer noopener";
    link.append(make("bdi", "", text));
    return link;
  }
  function valueItem(value, number) {
    const item = make("li");
    const there = value[EVIDENCE].length > 0;
    const box = make(there ? "button" : "div", "value k-" + value[KIND_OF]);
    box.dataset.values = number;
    const name = make("strong");
    name.append(make("bdi", "", value[VALUE]));
    box.append(name);
    if (value[DETAIL]) box.append(make("span", "", value[DETAIL]));
    if (value[DOUBTFUL]) box.append(make("span", "doubt", "doubtful"));
    const from = source(value);
    if (from) box.append(make("span", "", from));
    if (value[CONCEPTS].length) box.append(make("span", "", "words of: " + value[CONCEPTS].join(", ")));
    if (!there) box.append(make("span", "nowhere", value[ORIGIN] ? "Not in the text; from " + value[ORIGIN] : "No single passage says it"));
    else if (value[ORIGIN]) box.append(make("span", "", "also from " + value[ORIGIN]));
    if (there) {
      box.type = "button";
      box.addEventListener("click", () => choose(number, true));
    }
    item.append(box);
    return item;
  }
  function choose(number, scroll) {
    turn = number === chosen ? turn + 1 : 0;
    const redraw = [number, chosen].some((n) => n >= 0 && (off.has(page.values[n][KIND_OF]) || page.values[n][KIND_OF] === "label"));
    chosen = number;
    if (redraw) showText();
    markChosen();
    const spans = page.values[number][EVIDENCE];
    if (!scroll || !spans.length) return;
    const start = spans[(turn * 2) % spans.length];
    const segment = find("text").querySelector('.seg[data-start="' + start + '"]');
    if (segment) reveal(segment);
  }
  function showWarnings() {
    const list = make("ul");
    for (const [code, message, start] of page.warnings) {
      const item = make("li", /^\w+$/.test(code) ? code : "");
      if (start === null) item.append(make("bdi", "", message));
      else {
        const button = make("button");
        button.type = "button";
        button.append(make("bdi", "", message));
        button.addEventListener("click", () => reveal(find("text").querySelector('.seg[data-start="' + start + '"]') || lineAt(start)));
        item.append(button);
      }
      list.append(item);
    }
    find("warnings").replaceChildren(...(page.warnings.length ? [list] : []));
  }

  /* --- the note beside a mention --- */
  const card = find("card");
  function showCard(segment) {
    const entries = segment.dataset.values.split(" ").map(Number)
      .map((number) => {
        const value = page.values[number];
        const box = make("div", "k-" + value[KIND_OF]);
        const name = make("strong");
        name.append(make("bdi", "", value[VALUE]));
        box.append(make("span", "of", value[GROUP]), name);
        if (value[DETAIL]) box.append(make("span", "", value[DETAIL]), make("br"));
        box.append(make("span", "", source(value)));
        if (value[RULE]) box.append(make("br"), make("code", "", value[METHOD] + " · " + value[RULE]));
        return box;
      });
    if (!entries.length) return hideCard();
    card.replaceChildren(...entries);
    card.hidden = false;
    const at = segment.getClientRects()[0];
    const below = at.bottom + card.offsetHeight + 12 < innerHeight || at.top < card.offsetHeight + 12;
    card.style.left = Math.max(8, Math.min(at.left, innerWidth - card.offsetWidth - 16)) + scrollX + "px";
    card.style.top = (below ? segment.getClientRects()[segment.getClientRects().length - 1].bottom + 8 : at.top - card.offsetHeight - 6) + scrollY + "px";
    segment.setAttribute("aria-describedby", "card");
  }
  function hideCard() {
    card.hidden = true;
    for (const segment of find("text").querySelectorAll("[aria-describedby]")) segment.removeAttribute("aria-describedby");
  }
  function listenToText() {
    const box = find("text");
    let timer;
    const segmentOf = (event) => event.target.closest && event.target.closest(".seg");
    box.addEventListener("pointerover", (event) => {
      clearTimeout(timer);
      if (segmentOf(event)) showCard(segmentOf(event));
    });
    box.addEventListener("pointerout", () => { timer = setTimeout(hideCard, 200); });
    card.addEventListener("pointerover", () => clearTimeout(timer));
    card.addEventListener("pointerout", () => { timer = setTimeout(hideCard, 200); });
    box.addEventListener("focusin", (event) => { if (segmentOf(event)) showCard(segmentOf(event)); });
    box.addEventListener("focusout", hideCard);
    box.addEventListener("click", (event) => {
      const segment = segmentOf(event);
      if (segment) chooseFrom(segment);
    });
    box.addEventListener("keydown", (event) => {
      const segment = segmentOf(event);
      if (!segment) return;
      if (event.key === "Enter") chooseFrom(segment, true);
      else if (event.key === "ArrowRight" || event.key === "ArrowLeft") step(segment, event.key === "ArrowRight" ? 1 : -1);
      else return;
      event.preventDefault();
    });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") hideCard(); });
  }
  function step(segment, way) {
    const stops = [...find("text").querySelectorAll(".seg")];
    let at = stops.indexOf(segment) + way;
    while (stops[at] && !("stop" in stops[at].dataset)) at += way;
    const next = stops[at];
    if (!next) return;
    segment.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
  function chooseFrom(segment, focus) {
    const numbers = segment.dataset.values.split(" ").map(Number);
    const length = (n) => page.values[n][EVIDENCE].reduce((sum, at, k) => sum + (k % 2 ? at : -at), 0);
    const number = numbers.includes(chosen) ? numbers[(numbers.indexOf(chosen) + 1) % numbers.length] : numbers.sort((a, b) => length(a) - length(b))[0];
    choose(number, false);
    const box = find("values").querySelector('.value[data-values="' + number + '"]');
    if (!box) return;
    if (matchMedia("(min-width: 48rem)").matches) box.scrollIntoView({ block: "nearest" });
    if (focus) box.focus({ preventScroll: false });
  }
  async function showPage(number) {
    const entry = index.pages[number];
    page = await pageData(number);
    chosen = -1;
    hideCard();
    find("page-title").replaceChildren(make("bdi", "", entry[TITLE] || "(no title)"));
    const places = entry[COUNTRIES].map((code) => index.countries[code]).join(", ");
    find("page-line").textContent = visible([entry[KIND], entry[DAY], places, entry[PATH].split("/").pop()].filter(Boolean).join(" · "));
    const at = found.indexOf(number);
    find("position").textContent = at >= 0 ? at + 1 + " of " + found.length.toLocaleString("en") : "";
    find("back").href = "#pages" + (query ? "?" + query : "");
    for (const [id, other] of [["previous", found[at - 1]], ["next", at >= 0 ? found[at + 1] : undefined]]) {
      if (other === undefined) {
        find(id).removeAttribute("href");
        find(id).setAttribute("aria-disabled", "true");
      } else {
        find(id).href = "#page/" + other;
        find(id).removeAttribute("aria-disabled");
      }
    }
    showWarnings();
    showText();
    showLegend();
    showOutline();
    showValues();
    markChosen();
    find("values").scrollTop = 0;
    find("page").dataset.number = number;
    scrollTo(0, 0);
    find("page-title").focus({ preventScroll: true });
  }

  /* --- where we are --- */
  let shownView = "";
  const views = [...document.querySelectorAll(".view")];
  function route() {
    const [name, rest] = location.hash.slice(1).split(/[?/](.*)/s);
    const number = Number(rest);
    const opensPage = name === "page" && Number.isInteger(number) && number >= 0 && number < index.pages.length;
    const view = opensPage ? "page" : views.some((element) => element.id === name && name !== "page") ? name : "overview";
    if (shownView === "pages") left = { query, drawn, scrolled: view === "page" ? scrollY : 0 };
    if (shownView !== view) scrollTo(0, 0);
    shownView = view;
    for (const element of views) element.hidden = element.id !== view;
    for (const link of document.querySelectorAll(".top [data-view]")) {
      if (link.dataset.view === (view === "page" ? "pages" : view)) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    hideCard();
    if (view === "pages") {
      query = rest || "";
      showList();
    } else if (opensPage) showPage(number);
  }
  async function start() {
    document.documentElement.dataset.js = "";
    for (const element of document.querySelectorAll(".js")) element.hidden = false;
    index = await unpack("index");
    bodyNames = index.bodies.map(([, name]) => name);
    bodyNumbers = new Map(index.bodies.map(([id], n) => [id, n]));
    haystacks = index.pages.map((entry) => fold([entry[TITLE], entry[PATH], entry[PEOPLE], ...entry[BODIES].map((n) => bodyNames[n])].join("\n")));
    found = index.pages.map((_, n) => n);
    prepareFilters();
    listenToText();
    find("more").addEventListener("click", drawMore);
    new IntersectionObserver((entries) => { if (entries.some((entry) => entry.isIntersecting)) drawMore(); }, { rootMargin: "600px" }).observe(find("more"));
    addEventListener("hashchange", route);
    route();
    document.documentElement.dataset.ready = "";
  }
  start();
})();
