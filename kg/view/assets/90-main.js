// The address holds the view: #n=entity&f=filters&t=from..to&v=view&l=fr. What it names must exist; the rest is ignored.
const framed = location.protocol === "about:";
function addressOf(choice = sel) {
  const p = new URLSearchParams();
  if (choice) {
    if (choice.kind === "node") p.set("n", choice.node.key);
    if (choice.kind === "statement") p.set("s", choice.statement.id);
    if (choice.kind === "edge") p.set("e", [choice.edge.from.key, choice.edge.to.key, D.edges[choice.edge.i][2]].join("~"));
    if (choice.kind === "sentence") p.set("q", [choice.doc.id, choice.start, choice.end].join(":"));
    if (choice.kind === "path") p.set("p", [choice.from.key, choice.to.key].join("~"));
  }
  const f = filtersOf();
  if (f) p.set("f", f);
  if (off.clock !== "event") p.set("k", off.clock);
  if (off.from !== null) p.set("t", isoDay(off.from) + ".." + isoDay(off.to));
  if (view.kind === "ego") p.set("v", "ego" + view.depth + "~" + view.node.key);
  if (view.kind === "community") p.set("v", "group" + view.community);
  if (view.kind === "all" && nodes.length > OVERVIEW) p.set("v", "all");
  if (lang !== D.lang) p.set("l", lang);
  return p.toString();
}
function filtersOf() {
  const f = [...off.types].map(k => "t." + k).concat([...off.statuses].map(k => "s." + k), [...off.predicates].map(k => "r." + k), [...off.docs].map(k => "d." + k));
  if (off.degree) f.push("g." + off.degree);
  if (off.confidence) f.push("c." + off.confidence);
  if (off.undated) f.push("u.0");
  return f.sort().join(",");
}
const permalink = choice => location.href.split("#")[0] + "#" + addressOf(choice);
let applying = false;
function remember(push = true) {
  if (applying || framed) return;
  const address = addressOf();
  if (address === location.hash.slice(1)) return;
  const url = address ? "#" + address : location.href.split("#")[0] + "#";
  push ? history.pushState(null, "", url) : history.replaceState(null, "", url);
}
function readAddress() {
  const p = new URLSearchParams(location.hash.slice(1));
  resetFilters();
  const known = { t: [off.types, k => has(STYLE.types, k)], s: [off.statuses, k => STATUSES.includes(k)], r: [off.predicates, k => predicates.some(x => x.local === k)], d: [off.docs, k => docs.some(d => d.id === k)] };
  for (const token of (p.get("f") || "").split(",")) {
    const kind = token.slice(0, 1), key = token.slice(2), value = Number(key);
    if (has(known, kind) && known[kind][1](key)) known[kind][0].add(key);
    else if (kind === "g" && Number.isInteger(value) && value > 0 && value < 1e6) off.degree = value;
    else if (kind === "c" && value > 0 && value <= 1) off.confidence = value;
    else if (token === "u.0") off.undated = true;
  }
  off.clock = p.get("k") === "publication" ? "publication" : "event";
  const span = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/.exec(p.get("t") || "");
  if (span && utc(span[1]) <= utc(span[2])) Object.assign(off, { from: utc(span[1]), to: utc(span[2]) });
  if (["fr", "en"].includes(p.get("l"))) lang = p.get("l");
  else lang = D.lang;
  return { choice: choiceFrom(p), asked: viewFrom(p.get("v") || "") };
}
function choiceFrom(p) {
  const node = byKey.get(p.get("n")), statement = byStatement.get(p.get("s"));
  if (node) return { kind: "node", node };
  if (statement) return { kind: "statement", statement };
  const e = (p.get("e") || "").split("~");
  if (e.length === 3) {
    const edge = edges.find(x => x.from.key === e[0] && x.to.key === e[1] && String(D.edges[x.i][2]) === e[2]);
    if (edge) return { kind: "edge", edge };
  }
  const ends = (p.get("p") || "").split("~").map(k => byKey.get(k));
  if (ends.length === 2 && ends[0] && ends[1]) return { kind: "path", from: ends[0], to: ends[1], edges: findPath(ends[0], ends[1]) || [] };
  const q = /^([\w-]+):(\d+):(\d+)$/.exec(p.get("q") || ""), doc = q && docs.find(d => d.id === q[1]);
  return doc ? { kind: "sentence", doc, start: +q[2], end: +q[3] } : null;
}
function viewFrom(text) {
  const ego = /^ego([12])~([^]*)$/.exec(text), group = /^group(\d+)$/.exec(text);
  if (ego && byKey.has(ego[2])) return { kind: "ego", node: byKey.get(ego[2]), depth: +ego[1] };
  if (group && groups.some(g => g.number === +group[1])) return { kind: "community", community: +group[1] };
  return { kind: nodes.length > OVERVIEW && text !== "all" ? "overview" : "all" };
}
// What the address leaves as it was is not made anew: filters and lists take longer than the choice.
let opened = false;
function openAddress() {
  applying = true;
  const where = () => view.kind + view.community + (view.node && view.node.key), what = () => [lang, filtersOf(), off.clock, off.from, off.to].join(";");
  const before = where(), told = what(), spoken = lang;
  const { choice, asked } = readAddress();
  Object.assign(view, { community: null, node: null, capped: 0 }, asked);
  const same = opened && told === what(), moved = before !== where();
  opened = true;
  if (!same) applyFilters();
  if (spoken !== lang) speak();
  if (!same || moved) refresh(moved);
  sel = choice;
  hinted = hinted || Boolean(choice);
  if (choice && choice.kind === "sentence") { shownDoc = choice.doc; show("article"); }
  if (same) { renderSelection(); markCurrent(); }
  else renderAll();
  if (choice) bringIntoView(choice);
  applying = false;
}

function renderAll() {
  renderFilters();
  renderList();
  renderTime();
  renderSelection();
  renderCounts();
}
const appTitle = () => t(docs.length === 1 ? "appOne" : "app");
function speak() {
  document.documentElement.lang = lang;
  for (const e of document.querySelectorAll("[data-t]")) e.textContent = t(e.dataset.t);
  for (const e of document.querySelectorAll("[data-al]")) e.setAttribute("aria-label", t(e.dataset.al));
  for (const e of document.querySelectorAll("[data-ph]")) e.setAttribute("placeholder", t(e.dataset.ph));
  $("fr").setAttribute("aria-pressed", String(lang === "fr"));
  $("en").setAttribute("aria-pressed", String(lang === "en"));
  $("title").textContent = document.title = D.title || appTitle();
  const d = docs[0];
  $("byline").textContent = docs.length === 1 ? [d.outlet, d.author, d.date ? day(d.date) : "", d.name].filter(Boolean).join(" · ") : t("articles", { n: docs.length });
  const partial = D.total[0] > nodes.length;
  $("notice").hidden = !partial;
  if (partial) $("notice").textContent = t("partial", { n: nodes.length, all: D.total[0] });
  names = null;
  renderHelp();
}
function renderHelp() {
  const keys = el("dl");
  for (const [k, text] of Object.entries(T().keys)) keys.append(el("dt", { text: k }), el("dd", { text }));
  $("helpbox").replaceChildren(el("h2", { text: t("helpTitle"), id: "helptitle" }), el("p", { text: t("helpLead") }), el("p", { text: t("helpLines") }), keys, button(t("close"), () => openHelp(false), { id: "closehelp" }));
}
// Browsers from before 2022 have no dialogs of their own.
function openHelp(open) {
  const box = $("helpbox");
  if (box.showModal) return open ? box.showModal() : box.close();
  open ? box.setAttribute("open", "") : box.removeAttribute("open");
  (open ? $("closehelp") : $("help")).focus();
}
function setLanguage(code) {
  lang = code;
  speak();
  renderAll();
  show(tab);
  remember();
}

function startKeys() {
  document.addEventListener("keydown", ev => {
    if (ev.ctrlKey || ev.metaKey || ev.altKey) return;
    const typing = ev.target.closest && ev.target.closest("input:not([type=checkbox]):not([type=range]), select, textarea, dialog");
    if (ev.key === "Escape") return $("helpbox").hasAttribute("open") ? $("helpbox").showModal || openHelp(false) : escape_();
    if (typing) return;
    const act = { "/": () => $("search").focus(), f: fit, e: () => sel && sel.kind === "node" && openEgo(sel.node, 1), n: () => step(1), p: () => step(-1), "?": () => openHelp(true) }[ev.key.toLowerCase()];
    if (act) { ev.preventDefault(); act(); }
  });
  $("tabs").addEventListener("keydown", ev => {
    const order = ["fiche", "article", "table"], by = { ArrowRight: 1, ArrowLeft: -1 }[ev.key];
    if (by) { ev.preventDefault(); show(order[(order.indexOf(tab) + by + 3) % 3], true); }
  });
}
// Escape goes back one step: path being chosen, neighbourhood, choice; focus returns to where it was chosen.
function escape_() {
  if ($("export").open) { $("export").open = false; return $("export").querySelector("summary").focus(); }
  if (pathFrom) { pathFrom = null; return renderCrumbs(); }
  if (sel) {
    const listed = sel.kind === "node" && document.querySelector('#list [data-node="' + sel.node.id + '"]'), back = cameFrom && cameFrom !== document.body && document.body.contains(cameFrom) && !$("fiche").contains(cameFrom) ? cameFrom : listed;
    choose(null);
    return (back || $("search")).focus({ preventScroll: false });
  }
  if (view.kind !== "all" && view.kind !== "overview") openView(nodes.length > OVERVIEW ? "overview" : "all");
}

function start() {
  for (const name of ["fiche", "article", "table"]) $("tab-" + name).addEventListener("click", () => show(name));
  $("fr").addEventListener("click", () => setLanguage("fr"));
  $("en").addEventListener("click", () => setLanguage("en"));
  $("help").addEventListener("click", () => openHelp(true));
  $("skip").addEventListener("click", () => { const first = document.querySelector("#list button"); if (first) first.focus(); });
  startCanvas();
  startSearch();
  startExport();
  startKeys();
  speak();
  show("fiche");
  openAddress();
  fit();
  if (sel) bringIntoView(sel);
  window.addEventListener("popstate", openAddress);
  window.addEventListener("hashchange", () => { if (location.hash.slice(1) !== addressOf()) openAddress(); });
  document.documentElement.dataset.ready = "yes";
}
// Where the engine does not run, the table says the same.
function startWithout() {
  speak();
  $("notice").hidden = false;
  $("notice").textContent = t("oldBrowser");
  printTable();
  document.body.classList.add("plain");
}
try {
  unpackEngine();
  start();
} catch (error) {
  startWithout();
  throw error;
}
