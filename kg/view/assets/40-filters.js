// Filters hide and never move. Counts say what is there and what each box would show.
const off = { types: new Set(), predicates: new Set(), statuses: new Set(), docs: new Set(), degree: 0, confidence: 0, from: null, to: null, undated: false, clock: "event" };
const resetFilters = () => {
  for (const k of ["types", "predicates", "statuses", "docs"]) off[k].clear();
  Object.assign(off, { degree: 0, confidence: 0, from: null, to: null, undated: false });
};
const filtered = () => off.types.size || off.predicates.size || off.statuses.size || off.docs.size || off.degree || off.confidence || off.from || off.undated;
const relationKey = s => s.predicate.local;

function allows(s, except) {
  if (except !== "statuses" && off.statuses.has(s.status)) return false;
  if (except !== "predicates" && off.predicates.has(relationKey(s))) return false;
  if (except !== "docs" && off.docs.size && s.evidence.length && s.evidence.every(e => off.docs.has(e.doc.id))) return false;
  if (s.confidence < off.confidence) return false;
  return inTime(s);
}
function applyFilters() {
  for (const s of statements) s.shown = allows(s);
  for (const e of edges) e.shown = e.statements.some(s => s.shown);
  for (const n of nodes) {
    n.degree = n.edges.reduce((sum, e) => sum + (e.shown ? 1 : 0), 0);
    n.shown = !off.types.has(n.type) && (n.degree > 0 || !n.edges.length) && n.degree >= off.degree;
  }
  for (const e of edges) if (!e.from.shown || !e.to.shown) e.shown = false;
  for (const s of statements) if (s.shown && s.edges.length && !s.edges.some(e => e.shown)) s.shown = false;
  // A node whose every neighbour went away goes too; only those without any relation at all may stand alone.
  for (const n of nodes) if (n.shown && n.edges.length && !n.edges.some(e => e.shown)) n.shown = false;
}
function changeFilters(push = true) {
  applyFilters();
  refresh();
  renderFilters();
  renderList();
  renderTable();
  renderTime();
  renderSelection();
  renderCounts();
  remember(push);
}

function countBy(key, list) {
  const found = new Map();
  for (const item of list) found.set(key(item), (found.get(key(item)) || 0) + 1);
  return found;
}
let moreRelations = false;
function renderFilters() {
  const side = $("side"), open = document.activeElement && document.activeElement.id;
  const top = side.scrollTop;
  const types = countBy(n => n.type, nodes), statuses = countBy(s => s.status, statements.filter(s => allows(s, "statuses")));
  const relations = countBy(relationKey, statements.filter(s => allows(s, "predicates"))), articles = countBy(d => d, statements.flatMap(s => unique(s.evidence.map(e => e.doc.id))));
  const labels = new Map();
  for (const s of statements) if (!labels.has(relationKey(s))) labels.set(relationKey(s), s.predicate.label);
  const parts = [button(t("reset"), () => { resetFilters(); changeFilters(); }, { id: "reset", disabled: !filtered() }), el("p", { cls: "filters-title", text: t("filters") })];
  parts.push(heading("typesTitle", "types", Object.keys(STYLE.types)));
  for (const type of Object.keys(STYLE.types)) if (types.get(type)) parts.push(box("types", type, t("types." + type), types.get(type), sign(type)));
  parts.push(heading("statusTitle", "statuses", STATUSES));
  const present = new Set(statements.map(s => s.status));
  STATUSES.forEach((status, k) => { if (present.has(status)) parts.push(box("statuses", status, t("status." + status), statuses.get(status) || 0, stroke(k))); });
  parts.push(heading("relationsTitle", "predicates", [...labels.keys()]));
  const { compare } = told("Collator");
  const ordered = [...labels].sort((a, b) => (relations.get(b[0]) || 0) - (relations.get(a[0]) || 0) || compare(a[1], b[1]));
  const few = ordered.length > 14 && !moreRelations ? 10 : 60;
  for (const [key, label] of ordered.filter(([key], k) => k < few || off.predicates.has(key))) parts.push(box("predicates", key, label, relations.get(key) || 0));
  if (ordered.length > few) parts.push(button(t("more", { n: ordered.length - few }), () => { moreRelations = true; renderFilters(); const next = $("f-predicates-" + ordered[few][0]); if (next) next.focus(); }, { cls: "more" }));
  if (docs.length > 1) {
    parts.push(heading("articlesTitle", "docs", docs.map(d => d.id)));
    for (const d of docs.slice(0, 60)) parts.push(box("docs", d.id, d.name_, articles.get(d.id) || 0));
  }
  parts.push(el("h2", { text: t("moreTitle") }));
  parts.push(range("degree", "minDegree", 0, Math.max(...nodes.map(n => n.edges.length), 1), 1));
  if (statements.some(s => s.confidence < 1)) parts.push(range("confidence", "minConfidence", 0, 1, 0.05));
  const kept = $("entities");
  side.replaceChildren(...parts, kept || el("div", { id: "entities" }));
  side.scrollTop = top;
  if (open && $(open) && side.contains($(open))) $(open).focus({ preventScroll: true });
}
function heading(title, kind, keys) {
  const all = button(t("all"), () => { off[kind].clear(); changeFilters(); }, { id: "all-" + kind, "aria-label": t(title) + t("colon") + t("all") });
  const none = button(t("none"), () => { for (const k of keys) off[kind].add(k); changeFilters(); }, { id: "none-" + kind, "aria-label": t(title) + t("colon") + t("none") });
  return el("h2", {}, t(title), el("span", {}, all, none));
}
function box(kind, key, label, count, picture) {
  const on = !off[kind].has(key);
  const change = () => { off[kind].has(key) ? off[kind].delete(key) : off[kind].add(key); changeFilters(); };
  const input = el("input", { type: "checkbox", id: "f-" + kind + "-" + key, "data-kind": kind, "data-key": key, on: { change } });
  input.checked = on;
  return el("label", { cls: on ? "row" : "row off" }, input, picture || "", el("span", { cls: "name", text: label }), el("span", { cls: "count", text: number(count) }));
}
function range(key, title, min, max, step) {
  const shown = v => (key === "confidence" ? v.toLocaleString(lang, { style: "percent" }) : number(v));
  const output = el("span", { cls: "count", text: shown(off[key]) });
  const input = el("input", { type: "range", id: "f-" + key, min, max, step, "aria-label": t(title) });
  input.value = off[key];
  input.addEventListener("input", () => { off[key] = +input.value; output.textContent = shown(off[key]); });
  input.addEventListener("change", () => changeFilters());
  return el("label", { cls: "range" }, el("span", {}, t(title) + t("colon"), output), input);
}

function renderCounts() {
  const seen = nodes.filter(n => n.shown && n.type !== "Value").length, all = nodes.filter(n => n.type !== "Value").length;
  const rel = statements.filter(s => s.shown).length, claims = statements.filter(s => s.shown && s.status === "attributed").length;
  const parts = [t("entities", { n: seen }), t("relations", { n: rel }) + (claims ? ", " + t("claims", { n: claims }) : "")];
  if (seen < all) parts.push(t("shown", { n: seen, all }));
  $("counts").textContent = parts.join(" · ");
  const canvas = $("canvas").querySelector("canvas");
  if (canvas) canvas.setAttribute("aria-label", t("canvas") + t("colon") + parts.join(", ") + ". " + t("canvasHelp"));
}

// The list of entities is the drawing's twin: everything the drawing offers can be reached from it.
let listed = 200;
function renderList() {
  const box = $("entities"), held = document.activeElement && document.activeElement.dataset && document.activeElement.dataset.node;
  const { compare } = told("Collator");
  const entries = nodes.filter(n => n.type !== "Value").sort((a, b) => compare(a.label, b.label) || a.i - b.i);
  const current = sel && sel.kind === "node" ? sel.node : null;
  const list = el("ul", { cls: "entities", id: "list" });
  for (const n of entries.slice(0, listed)) {
    const item = button("", () => choose({ kind: "node", node: n }, true), { "data-node": n.id, "aria-current": n === current ? "true" : undefined });
    item.append(sign(n.type), el("span", { cls: n.shown ? "name" : "name gone", lang: tongue, text: n.label }), el("span", { cls: "quiet-type", text: "" }), el("span", { cls: "count", text: n.shown ? number(n.degree) : t("hidden") }));
    item.setAttribute("aria-label", n.label + ", " + t("types." + n.type) + ", " + (n.shown ? t("relationsOf", { n: n.degree }) : t("hidden")));
    list.append(el("li", {}, item));
  }
  const parts = [el("h2", { text: t("listTitle"), id: "listtitle" }), list];
  if (entries.length > listed) parts.push(button(t("more", { n: entries.length - listed }), () => { listed += 500; renderList(); }));
  box.replaceChildren(...parts);
  if (held) { const again = list.querySelector('[data-node="' + held + '"]'); if (again) again.focus({ preventScroll: true }); }
}
