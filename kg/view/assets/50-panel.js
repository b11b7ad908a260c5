// The evidence: a card for what is chosen, the article with its sentences marked, the table.
let sel = null, tab = "fiche", pathFrom = null;
const visible = list => list.filter(s => s.shown);

function entityButton(e, options = {}) {
  if (!e) return "";
  const node = e.node || byKey.get(e.iri), words = node ? node.raw === "Statement" : /^(content|statement)-/.test(e.iri);
  const text = words ? quoted(e.label) : e.label;
  if (!node || node.raw === "Fact") return el("span", { text, lang: tongue });
  return button(text, () => choose({ kind: "node", node }), { lang: tongue, ...options });
}
function badgesOf(s) {
  const parts = [];
  if (s.status === "inferred" || s.status === "background") parts.push(el("span", { cls: "badge " + s.status, text: t("status." + s.status) }));
  if (s.negated) parts.push(el("span", { cls: "badge denied", text: t("denied") }));
  if (s.modality !== "actual") parts.push(el("span", { cls: "badge " + (s.modality === "planned" ? "planned" : "uncertain"), text: t("modality." + s.modality) }));
  return parts;
}
function speakersOf(s) {
  return s.sources.map(source => {
    const note = t("stance." + source.stance);
    const who = el("span", {}, entityButton(source), source.cue && fold(source.cue) !== fold(t("accordingTo")) ? el("em", { cls: "quiet", text: " · " + source.cue }) : "");
    return el("p", { cls: "say who" }, t("accordingTo") + " ", who, note ? el("span", { cls: "quiet", text: " · " + note }) : "");
  });
}
function objectText(s) {
  if (!s.object) return "";
  const target = s.object.iri && byStatement.get(s.object.iri);
  if (target) return button(quoted(sentenceOf(target)), () => choose({ kind: "statement", statement: target }));
  return entityButton(s.object);
}
const sentenceOf = s => [s.subject.label, s.predicate.label, s.object ? s.object.label : ""].join(" ").trim();

// One statement: what is said, who says it, the sentence.
function statementBlock(s, options = {}) {
  const say = el("p", { cls: "say" }, entityButton(s.subject), " ", el("span", { cls: "rel", lang: tongue, text: s.predicate.label }), " ", objectText(s), ...badgesOf(s));
  const parts = [say, ...speakersOf(s)];
  if (!options.brief) for (const q of s.qualifiers) parts.push(el("p", { cls: "with say" }, t("roles." + q.role) + t("colon"), q.node && q.node.type !== "Value" ? entityButton(q) : el("span", { text: q.label })));
  for (const e of options.brief ? s.evidence.slice(0, 1) : s.evidence) parts.push(...proof(s, e));
  if (s.status === "background") parts.push(el("p", { cls: "src", text: t("fromBackground") }));
  if (s.status === "inferred") parts.push(...reasoning(s));
  if (!options.brief) parts.push(howBlock(s));
  const block = el("div", { cls: "st " + s.status + (options.current ? " current" : ""), "data-statement": s.id }, ...parts);
  if (s.conflict === undefined || options.alone || options.brief) return block;
  const others = conflicts.get(s.conflict).filter(o => o !== s);
  return el("div", {}, el("p", { cls: "pair-title", text: t("sideBySide") }), el("div", { cls: "pair" }, block, ...others.map(o => statementBlock(o, { alone: true }))));
}
// What was inferred names its rule and what it was drawn from, each a step away.
function reasoning(s) {
  const from = s.premises.map(p => el("li", { cls: "say" },
    button(sentenceOf(p), () => choose({ kind: "statement", statement: p })),
    el("p", { cls: "quiet", text: t("status." + p.status) }),
    ...p.evidence.slice(0, 1).map(e => el("blockquote", { lang: e.doc.lang }, ...typeset(quote(e))))));
  const law = D.laws[s.rule];
  return [el("p", { cls: "src", text: t("noEvidence") }), law ? el("p", { cls: "law", text: t("rule") + t("colon") + law[lang] }) : null,
    from.length ? el("p", { cls: "law", text: t("drawnFrom") }) : null, el("ul", { cls: "premises" }, ...from)].filter(Boolean);
}
function howBlock(s) {
  const lines = [];
  if (s.rule && s.status !== "background") lines.push(el("p", { text: t("rule") + t("colon") + s.rule }));
  for (const e of s.evidence) lines.push(el("p", { text: e.doc.name + ", " + t("chars", { a: e.start, b: e.end }) }));
  lines.push(el("p", { text: t("confidence") + t("colon") + s.confidence.toLocaleString(lang, { style: "percent" }) }));
  const raw = el("pre", { tabindex: "0" });
  const details = el("details", { cls: "how" }, el("summary", { text: t("how") }), ...lines, raw, button(t("permalink"), () => copy(permalink({ kind: "statement", statement: s }))));
  details.addEventListener("toggle", () => { if (details.open && !raw.textContent) raw.textContent = turtle([s], false); });
  return details;
}
function proof(s, e) {
  const about = [docs.length > 1 ? e.doc.name_ : "", e.doc.outlet, e.doc.date ? day(e.doc.date) : ""].filter(Boolean).join(", "), source = about ? el("span", { text: about }) : "";
  const p = passage(e.doc, e.start, e.end);
  if (!p) return [el("p", { cls: "src" }, el("span", { text: t("noText") }), source)];
  const [from, to] = sentenceAround(p, e.start, e.end);
  const text = (a, b) => slice(p.text, a - p.first, b - p.first);
  const words = el("blockquote", { lang: e.doc.lang, cite: undefined }, el("span", { cls: "dim" }, ...typeset(text(from, e.start).trimStart())), marked(s, e, text(e.start, e.end)), el("span", { cls: "dim" }, ...typeset(text(e.end, to).trimEnd())));
  const jump = button(t("seeInArticle"), () => showInArticle(s, e));
  return [words, el("p", { cls: "src" }, source, jump)];
}
// The quotation with subject, relation and object underlined, each in its own way.
function marked(s, e, text) {
  const mark = el("mark", { "data-start": e.start, "data-end": e.end });
  const spans = partsOf(s, e, text);
  let at = 0;
  for (const [a, b, cls] of spans) {
    if (a > at) mark.append(...typeset(slice(text, at, a)));
    mark.append(el("span", { cls }, ...typeset(slice(text, a, b))));
    at = b;
  }
  if (at < length(text)) mark.append(...typeset(slice(text, at, length(text))));
  return mark;
}
function partsOf(s, e, text) {
  const found = [], low = text.toLowerCase();
  const put = (a, b, cls) => { if (a >= 0 && b > a && b <= length(text) && !found.some(f => a < f[1] && b > f[0])) found.push([a, b, cls]); };
  const place = (thing, surface, cls) => {
    if (!thing) return;
    for (const m of e.doc.marks) if (thing.node && m[2] === thing.node.i && m[0] >= e.start && m[1] <= e.end) return put(m[0] - e.start, m[1] - e.start, cls);
    for (const word of [surface, thing.label]) {
      if (!word || ASTRAL.test(text)) continue;
      const at = low.indexOf(word.toLowerCase());
      if (at >= 0) return put(at, at + word.length, cls);
    }
  };
  const trigger = () => {
    if (ASTRAL.test(text)) return;
    const label = s.predicate.label.toLowerCase(), at = low.indexOf(label);
    if (label && at >= 0 && edgeOfWord(low, at, at + label.length)) return put(at, at + label.length, "is-trigger");
    const root = s.predicate.lemma.toLowerCase().slice(0, Math.max(s.predicate.lemma.length - 3, 4));
    const word = root.length >= 4 && [...low.matchAll(/[\p{L}'’-]+/gu)].find(m => m[0].startsWith(root));
    if (word) put(word.index, word.index + word[0].length, "is-trigger");
  };
  place(s.subject, s.mentions[0], "is-subject");
  place(s.object, s.mentions[1], "is-object");
  trigger();
  return found.sort((a, b) => a[0] - b[0]);
}
const edgeOfWord = (text, a, b) => !/\p{L}/u.test(text[a - 1] || " ") && !/\p{L}/u.test(text[b] || " ");

function renderFiche() {
  const box = $("fiche");
  box.replaceChildren(...(!sel ? welcome() : sel.kind === "node" ? nodeCard(sel.node) : sel.kind === "path" ? pathCard() : listCard()));
}
function welcome() {
  const parts = [el("h2", { text: t("welcome"), tabindex: "-1", id: "cardtitle" }), el("p", { cls: "lead", text: t(nodes.length ? "welcomeText" : "empty") }), el("p", { cls: "facts", text: t("helpLines") })];
  const clashes = [...conflicts.values()];
  if (clashes.length) {
    parts.push(el("h3", { text: t("disagreements") }));
    for (const clash of clashes.slice(0, 5)) parts.push(el("div", { cls: "pair" }, ...clash.map(s => statementBlock(s, { alone: true }))));
  }
  const reads = firstReads();
  if (reads.length) parts.push(el("h3", { text: t("firstReads") }), ...reads.map(s => statementBlock(s, { brief: true })));
  const top = nodes.filter(n => n.shown && n.type !== "Value" && n.edges.length).slice(0, 8);
  if (top.length) parts.push(el("h3", { text: t("mostLinked") }), chips(top));
  const speakers = nodes.filter(n => n.says.some(s => s.status === "attributed")).slice(0, 8);
  if (speakers.length) parts.push(el("h3", { text: t("whoSays") }), chips(speakers));
  return parts;
}
const within = (one, other) => fold(one).includes(fold(other)) || fold(other).includes(fold(one));
// A few sentences about those most spoken of, each another one; somebody's words among them.
function firstReads() {
  const rank = e => (e && e.node && NAMED.has(e.node.type) ? e.node.i : 400), weight = s => 2 * rank(s.subject) + Math.min(rank(s.object) / 4, 30) + (s.modality === "actual" ? 0 : 20) + (STYLE.plain.includes(s.predicate.local) ? 100 : 0);
  const ordered = visible(statements).filter(s => s.object && s.evidence.length && !byStatement.has(s.object.iri)).sort((a, b) => weight(a) - weight(b) || a.i - b.i);
  const found = [], places = new Set(), subjects = new Set();
  // What takes time is asked of few: most of the best will do.
  const take = (status, most, looked = 0) => { for (const s of ordered) {
    if (found.length >= most || looked >= 200) return;
    if (s.status !== status || !quote(s.evidence[0]) || within(s.subject.label, s.object.label)) continue;
    looked++;
    const [e] = s.evidence, [from] = sentenceAround(passage(e.doc, e.start, e.end), e.start, e.end), place = e.doc.i + ":" + from;
    if (places.has(place) || (most < 3 && subjects.has(s.subject.label))) continue;
    places.add(place);
    subjects.add(s.subject.label);
    found.push(s);
  } };
  take("asserted", 2);
  take("attributed", 3);
  return found.sort((a, b) => a.i - b.i);
}
function chips(list) {
  return el("div", { cls: "chips" }, ...list.map(n => { const b = button("", () => choose({ kind: "node", node: n })); b.append(sign(n.type), el("span", { lang: tongue, text: n.label })); return b; }));
}
function nodeCard(n) {
  const parts = [el("p", { cls: "kind" }, sign(n.type), t("types." + n.type)), el("h2", { text: n.raw === "Statement" ? quoted(n.label) : n.label, lang: tongue, tabindex: "-1", id: "cardtitle" })];
  const facts = el("div", { cls: "facts" });
  if (n.aliases.length) facts.append(el("span", { text: t("aliases") + t("colon") + n.aliases.join(", ") }));
  if (n.links.length) facts.append(el("span", {}, t("seeAlso") + t("colon"), ...n.links.flatMap((l, i) => [i ? ", " : "", link(l, shortIri(l))])));
  parts.push(facts, nodeActs(n));
  const own = visible(n.statements), said = visible(n.says).filter(s => !own.includes(s));
  parts.push(el("h3", { text: t("relationsOf", { n: own.length }) }));
  if (!own.length) parts.push(el("p", { cls: "quiet", text: t("noneVisible") }));
  parts.push(...grouped(own));
  if (said.length) parts.push(el("h3", { text: t("saysTitle") }), ...grouped(said));
  const near = [...neighbourhood(n, 1)].filter(m => m !== n && m.type !== "Value");
  if (near.length) parts.push(el("h3", { text: t("neighbours") }), chips(near.slice(0, 30)));
  if (n.type !== "Value") parts.push(el("details", { cls: "how" }, el("summary", { text: t("forData") }), el("p", { text: "id:" + n.iri }), button(t("copy"), () => copy(STYLE.prefixes.id + n.iri))));
  return parts;
}
const shortIri = iri => iri.replace(/^https?:\/\/(www\.)?/, "").replace(/\/(wiki|entity|resource)\//, " ");
function nodeActs(n) {
  const acts = el("div", { cls: "acts" });
  acts.append(button(t("ego"), () => openEgo(n, 1), { "aria-keyshortcuts": "e" }));
  acts.append(button(t("pathTo"), () => { pathFrom = n; renderCrumbs(); say(t("pathPick")); $("search").focus(); }));
  acts.append(button(t("permalink"), () => copy(permalink(sel))));
  return acts;
}
const MOST_BLOCKS = 60;
let blocks = MOST_BLOCKS;
function grouped(list) {
  const found = new Map();
  for (const s of list.slice(0, blocks)) found.set(s.predicate.label, [...(found.get(s.predicate.label) || []), s]);
  const shownClash = new Set();
  const parts = [];
  for (const [label, group] of found) {
    parts.push(el("h4", { lang: tongue, text: group.length > 1 ? label + " (" + group.length + ")" : label }));
    for (const s of group) {
      if (s.conflict !== undefined && shownClash.has(s.conflict)) continue;
      if (s.conflict !== undefined) shownClash.add(s.conflict);
      parts.push(statementBlock(s));
    }
  }
  if (list.length > blocks) parts.push(button(t("more", { n: list.length - blocks }), () => moreBlocks(list[blocks])));
  return parts;
}
// The next relations of a card; the reader goes on where the first of them stands.
function moreBlocks(first) {
  const top = $("fiche").scrollTop;
  blocks += MOST_BLOCKS;
  renderFiche();
  $("fiche").scrollTop = top;
  const next = document.querySelector('#fiche [data-statement="' + first.id + '"] button');
  if (next) next.focus({ preventScroll: true });
}
// A line, a statement or a sentence: all that it holds.
function listCard() {
  const list = visible(chosenStatements());
  const title = sel.kind === "edge" ? sel.edge.from.label + " → " + sel.edge.to.label : sel.kind === "sentence" ? t("sentence") : sentenceOf(sel.statement);
  const parts = [el("h2", { text: title, lang: sel.kind === "sentence" ? undefined : tongue, tabindex: "-1", id: "cardtitle" }), el("p", { cls: "kind", text: t("relationsOf", { n: list.length }) })];
  if (!list.length) parts.push(el("p", { cls: "quiet", text: t("noneVisible") }));
  const clashes = new Set();
  for (const s of list) {
    if (s.conflict !== undefined && clashes.has(s.conflict)) continue;
    if (s.conflict !== undefined) clashes.add(s.conflict);
    parts.push(statementBlock(s));
  }
  return parts;
}
function chosenStatements() {
  if (!sel) return [];
  if (sel.kind === "edge") return sel.edge.statements;
  if (sel.kind === "statement") return [sel.statement];
  if (sel.kind === "sentence") return statements.filter(s => s.evidence.some(e => e.doc === sel.doc && e.start < sel.end && e.end > sel.start));
  if (sel.kind === "path") return unique(sel.edges.map(e => e.statements.find(s => s.shown)));
  return sel.node.statements;
}

// Shortest path, over visible relations, whatever their direction; a sentence for each step.
function findPath(from, to) {
  const came = new Map([[from, null]]);
  const queue = [from];
  for (let k = 0; k < queue.length && !came.has(to); k++) {
    const n = queue[k];
    for (const e of n.edges) {
      const other = e.from === n ? e.to : e.from;
      if (e.shown && other.shown && !came.has(other)) { came.set(other, e); queue.push(other); }
    }
  }
  if (!came.has(to)) return null;
  const chain = [];
  for (let n = to; came.get(n); n = came.get(n).from === n ? came.get(n).to : came.get(n).from) chain.unshift(came.get(n));
  return chain;
}
function pathCard() {
  const parts = [el("p", { cls: "kind", text: t("path") }), el("h2", { text: sel.from.label + " → " + sel.to.label, lang: tongue, tabindex: "-1", id: "cardtitle" })];
  if (!sel.edges.length) return [...parts, el("p", { cls: "lead", text: t("noPath") })];
  parts.push(el("p", { cls: "quiet", text: t("pathSteps", { n: sel.edges.length }) }));
  let here = sel.from;
  sel.edges.forEach((e, k) => {
    const s = e.statements.find(x => x.shown) || e.statements[0], there = e.from === here ? e.to : e.from;
    parts.push(el("h4", { text: k + 1 + ". " + here.label + " – " + there.label }), statementBlock(s, { alone: true }));
    here = there;
  });
  return parts;
}

function show(name, focusIt = false) {
  tab = name;
  for (const id of ["fiche", "article", "table"]) {
    $(id).hidden = id !== name;
    $("tab-" + id).setAttribute("aria-selected", String(id === name));
    $("tab-" + id).tabIndex = id === name ? 0 : -1;
  }
  if (name === "article") renderArticle();
  if (name === "table") renderTable();
  if (focusIt) $("tab-" + name).focus();
}
function copy(text) {
  const done = () => say(t("copied"));
  if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(text).then(done, () => copyOld(text));
  else copyOld(text);
}
function copyOld(text) {
  const area = el("textarea", { "aria-hidden": "true", tabindex: "-1" });
  area.value = text;
  document.body.append(area);
  area.select();
  if (document.execCommand("copy")) say(t("copied"));
  area.remove();
}
