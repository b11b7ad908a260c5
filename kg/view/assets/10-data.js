// The tables of the page, read once into objects that point at each other. payload.py writes them.
const D = JSON.parse(document.getElementById("data").textContent);
const STYLE = D.style;
const STATUSES = D.statuses;
const SAYS = STATUSES.length;

const nodes = D.nodes.map((r, i) => ({
  i, id: "n" + i, key: r[0] || slug(r[1]), label: r[1], raw: D.types[r[2]], type: typeOf(D.types[r[2]]), x: r[3], y: r[4], size: r[5] * (STYLE.types[typeOf(D.types[r[2]])].scale || 1), community: r[6],
  iri: (r[7] && r[7].i) || r[0] || slug(r[1]), aliases: (r[7] && r[7].a) || [], links: (r[7] && r[7].l) || [],
  edges: [], statements: [], says: [], shown: true, degree: 0
}));
const docs = D.docs.map((d, i) => ({ ...d, i, name_: d.title || d.name }));
const predicates = D.predicates.map(p => ({ local: p[0], label: p[1], lemma: p[2] }));
const evidence = [];
for (let i = 0; i < D.evidence.length; i += 3) evidence.push({ doc: docs[D.evidence[i]], start: D.evidence[i + 1], end: D.evidence[i + 2] });

const end = v => (v === null || v === undefined ? null : typeof v === "number" ? { node: nodes[v], label: nodes[v].label } : { node: null, label: v[0], iri: v[1] });
const statements = D.statements.map((r, i) => {
  const x = r[7] || {};
  return {
    i, id: /^[0-9a-f]{12}$/.test(r[0]) ? "statement-" + r[0] : r[0], subject: end(r[1]), predicate: predicates[r[2]], object: end(r[3]), look: r[4], status: STATUSES[r[4]],
    evidence: r[5].map(e => evidence[e]), rule: D.rules[r[6]], negated: !!x.n, modality: x.m || "actual",
    sources: (x.a || []).map(a => ({ ...end(a[0]), cue: a[1], stance: ["neutral", "endorsing", "distancing"][a[2]] })),
    qualifiers: (x.q || []).map(q => ({ role: q[0], ...end(q[1]) })),
    confidence: x.c || 1, when: x.w || null, mentions: [x.s, x.o], conflict: x.x, value: x.v || null, shown: true
  };
});
const edges = D.edges.map((r, i) => ({
  i, id: "e" + i, from: nodes[r[0]], to: nodes[r[1]], look: r[2] % 10, negated: r[2] >= 10, bend: r[3],
  links: r.slice(4).map(l => (typeof l === "number" ? { statement: statements[l], kind: "r", word: "" } : { statement: statements[l[0]], kind: l[1], word: l[2] })), shown: true, count: 0
}));
for (const e of edges) {
  e.from.edges.push(e);
  if (e.to !== e.from) e.to.edges.push(e);
  e.statements = [...new Set(e.links.map(l => l.statement))];
}
const unique = list => [...new Set(list)];
for (const n of nodes) n.statements = unique(n.edges.flatMap(e => e.statements)).sort((a, b) => a.i - b.i);
for (const s of statements) {
  for (const source of s.sources) if (source.node) source.node.says.push(s);
  s.edges = [];
}
for (const e of edges) for (const s of e.statements) s.edges.push(e);
for (const s of statements) s.premises = ((D.statements[s.i][7] || {}).p || []).map(i => statements[i]);
// The language of names, where all articles have one.
const tongue = unique(docs.map(d => d.lang)).length === 1 ? docs[0].lang : undefined;
const byKey = new Map(nodes.map(n => [n.key, n]));
const byStatement = new Map(statements.map(s => [s.id, s]));
const conflicts = new Map();
for (const s of statements) if (s.conflict !== undefined) conflicts.set(s.conflict, [...(conflicts.get(s.conflict) || []), s]);

// The id of an entity whose row has none: its label, folded.
function slug(label) {
  return fold(label).replaceAll(" ", "-");
}
function typeOf(raw) {
  const name = STYLE.as[raw] || raw;
  return STYLE.types[name] ? name : "Other";
}

// Offsets count code points; JavaScript counts UTF-16 units. The two differ only where a surrogate stands.
const ASTRAL = /[\ud800-\udfff]/;
function slice(text, a, b) {
  return ASTRAL.test(text) ? Array.from(text).slice(a, b).join("") : text.slice(a, b);
}
function length(text) {
  return ASTRAL.test(text) ? Array.from(text).length : text.length;
}
// The passage of an article that holds these characters, or null where the page carries no text.
function passage(doc, start, stop) {
  for (const [first, text] of doc.parts) if (first <= start && stop <= first + length(text)) return { first, text };
  return null;
}
function quote(e) {
  const p = passage(e.doc, e.start, e.end);
  return p ? slice(p.text, e.start - p.first, e.end - p.first) : "";
}
// Bounds of the sentences that hold a quote, inside its passage.
const STOP = /[.!?…]+["»”’)\]]*\s+|\s*\n\s*/gu;
function sentenceAround(p, start, stop) {
  const a = start - p.first, b = stop - p.first;
  let from = 0, to = length(p.text), at = 0, counted = 0;
  for (const m of p.text.matchAll(STOP)) {
    const end = m.index + m[0].length;
    at += length(p.text.slice(counted, end));
    counted = end;
    if (at <= a) from = at;
    else if (at >= b) { to = at; break; }
  }
  return [p.first + from, p.first + to];
}
