// The article with every supporting sentence marked: touch one and the graph shows what it says.
let shownDoc = docs[0] || null;
function renderArticle() {
  const box = $("article"), parts = [];
  if (!shownDoc) return box.replaceChildren();
  if (docs.length > 1) {
    const pick = el("select", { "aria-label": t("chooseArticle"), on: { change: () => { shownDoc = docs[+pick.value]; renderArticle(); } } });
    docs.forEach(d => pick.append(el("option", { value: d.i, text: d.name_ })));
    pick.value = shownDoc.i;
    parts.push(pick);
  }
  const d = shownDoc, about = [d.outlet, d.author, d.date ? t("published", { date: day(d.date) }) : ""].filter(Boolean);
  parts.push(el("h2", { text: d.name_, lang: d.lang }));
  const line = el("p", { cls: "about" }, about.join(" · "));
  if (d.url) line.append(about.length ? " · " : "", link(d.url, t("openSource")));
  parts.push(line);
  if (!d.parts.length) parts.push(el("p", { cls: "lead", text: t("noTextArticle") }));
  else {
    if (D.embed === "sentences") parts.push(el("p", { cls: "about", text: t("excerpt") }));
    const text = el("div", { cls: "text", lang: d.lang });
    d.parts.forEach(([first, words], k) => {
      if (k || first) text.append(el("p", { cls: "gap", text: "[…]" }));
      text.append(...paragraphs(d, first, words));
    });
    parts.push(text);
  }
  box.replaceChildren(...parts);
}
function paragraphs(d, first, words) {
  const found = [];
  let at = first;
  for (const line of words.split("\n")) {
    const size = length(line);
    if (line.trim()) found.push(el("p", {}, ...sentences(d, at, line)));
    at += size + 1;
  }
  return found;
}
// The sentences of a line; those with evidence can be touched.
function sentences(d, first, line) {
  const quotes = quotesOf(d), parts = [], bounds = [0];
  for (const m of line.matchAll(STOP)) bounds.push(length(line.slice(0, m.index + m[0].length)));
  const size = length(line);
  bounds.push(size);
  for (let k = 0; k + 1 < bounds.length; k++) {
    const a = bounds[k], b = bounds[k + 1];
    if (b <= a) continue;
    const start = first + a, stop = first + b, text = slice(line, a, b);
    const held = quotes.filter(q => q.start < stop && q.end > start);
    if (!held.length) { parts.push(...withMentions(d, start, text)); continue; }
    parts.push(sentenceSpan(d, start, stop, text, held));
  }
  return parts;
}
const quoteCache = new Map();
function quotesOf(d) {
  if (!quoteCache.has(d)) {
    const list = [];
    for (const s of statements) for (const e of s.evidence) if (e.doc === d) list.push({ start: e.start, end: e.end, statement: s });
    quoteCache.set(d, list);
  }
  return quoteCache.get(d);
}
function sentenceSpan(d, start, stop, text, held) {
  const active = new Set(chosenStatements()), on = held.some(q => active.has(q.statement) && sel && sel.kind !== "node");
  const open = () => choose({ kind: "sentence", doc: d, start, end: stop }, false, true);
  const claims = held.some(q => q.statement.status === "attributed");
  const span = el("span", { cls: "sent" + (claims ? " said" : "") + (on ? " active" : ""), role: "button", tabindex: "0", "data-start": start, "data-end": stop, on: { click: open } });
  span.addEventListener("keydown", ev => { if (ev.key === "Enter" || ev.key === " ") { ev.preventDefault(); open(); } });
  const chosen = held.filter(q => active.has(q.statement) && !(sel && sel.kind === "sentence"));
  if (!chosen.length || !sel || sel.kind === "node") { span.append(...withMentions(d, start, text)); return span; }
  const a = Math.max(Math.min(...chosen.map(q => q.start)), start), b = Math.min(Math.max(...chosen.map(q => q.end)), stop);
  span.append(...withMentions(d, start, slice(text, 0, a - start)), el("mark", {}, ...withMentions(d, a, slice(text, a - start, b - start))), ...withMentions(d, b, slice(text, b - start, length(text))));
  return span;
}
// Names that can be touched in running text.
function withMentions(d, start, text) {
  const parts = [], stop = start + length(text);
  let at = start;
  for (const [a, b, node] of d.marks) {
    if (a < at || b > stop) continue;
    if (a > at) parts.push(...typeset(slice(text, at - start, a - start)));
    const word = slice(text, a - start, b - start);
    parts.push(el("span", { cls: /\p{Lu}/u.test(word) ? "men name" : "men", text: word, on: { click: ev => { ev.stopPropagation(); choose({ kind: "node", node: nodes[node] }, false, true); } } }));
    at = b;
  }
  if (at < stop) parts.push(...typeset(slice(text, at - start, length(text))));
  return parts;
}
function showInArticle(s, e) {
  shownDoc = e.doc;
  choose({ kind: "statement", statement: s }, false, true);
  show("article", true);
  const there = [...$("article").querySelectorAll(".sent")].find(n => +n.dataset.start <= e.start && +n.dataset.end > e.start);
  if (there) there.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
}

let rowsShown = 200;
const COLUMNS = ["cSubject", "cRelation", "cObject", "cStatus", "cWho", "cQuote", "cSource"];
function renderTable() {
  if (tab !== "table") return;
  const list = visible(statements);
  const parts = [tableOf(list.slice(0, rowsShown), true)];
  if (list.length > rowsShown) parts.push(button(t("more", { n: list.length - rowsShown }), () => { rowsShown += 500; renderTable(); }));
  $("table").replaceChildren(...parts);
}
function cells(s) {
  const e = s.evidence[0];
  return [s.subject.label, (s.negated ? "✗ " : "") + s.predicate.label, s.object ? s.object.label : "", statusText(s), s.sources.map(x => x.label).join(", "), s.evidence.map(quote).filter(Boolean).join(" […] "), e ? e.doc.name_ : ""];
}
const statusText = s => {
  const modality = s.modality !== "actual" ? t("modality." + s.modality) : "";
  return unique([s.status === "uncertain" && modality ? "" : t("status." + s.status), s.negated ? t("denied") : "", modality]).filter(Boolean).join(", ");
};
// In the panel the columns stand in two; on paper there is room for all.
function tableOf(list, live) {
  const heads = live ? [t("cStatement"), t("cQuote")] : COLUMNS.slice(0, docs.length > 1 ? 7 : 6).map(c => t(c));
  const body = el("tbody"), chosen = new Set(sel && sel.kind !== "node" ? chosenStatements() : []);
  for (const s of list) {
    const words = cells(s), tongue = s.evidence[0] ? s.evidence[0].doc.lang : undefined;
    const row = el("tr", { "data-statement": s.id, "aria-selected": live && chosen.has(s) ? "true" : undefined });
    if (live) row.append(...liveCells(s, words, tongue));
    else words.slice(0, heads.length).forEach((w, k) => row.append(el("td", { lang: k === 5 ? tongue : undefined, text: w })));
    if (live) row.addEventListener("click", () => choose({ kind: "statement", statement: s }, false, true));
    body.append(row);
  }
  return el("table", {}, el("thead", {}, el("tr", {}, ...heads.map(text => el("th", { scope: "col", text })))), body);
}
function liveCells(s, [subject, relation, object, status, who, words, source], tongue) {
  const open = button(subject, ev => { ev.stopPropagation(); choose({ kind: "statement", statement: s }); show("fiche", true); });
  const said = el("td", {}, open, " ", el("em", { text: relation }), " ", object, el("span", { cls: "weight", text: status }), who ? el("span", { cls: "who", text: t("according", { who }) }) : "");
  return [said, el("td", {}, el("span", { cls: "words", lang: tongue }, ...typeset(words)), docs.length > 1 ? el("span", { cls: "quiet", text: " " + source }) : "")];
}
