// The result tabs: table, graph, evidence. Each is a plugin of Yasr, made for one set of words.

import { ask, el, iriLink, plain, shorten, values } from "./dom.js";
import { drawGraph } from "./drawing.js";

const PAGE = 200;
const MOST_NODES = 120;
const NUMBER = /(integer|decimal|double|float)$/;

/** The plugins, as classes that Yasr can construct. */
export function plugins(kg) {
  class Plugin {
    constructor(yasr) {
      this.yasr = yasr;
    }
    get results() {
      return this.yasr.results;
    }
    bindings() {
      return this.results?.getBindings?.() ?? null;
    }
    statements() {
      return this.results?.getStatements?.() ?? null;
    }
    show(...nodes) {
      this.yasr.resultsEl.replaceChildren(...nodes);
    }
    canHandleResults() {
      return Boolean(this.results) && !this.results.hasError();
    }
  }

  class Table extends Plugin {
    label = kg.say("tab_table");
    priority = 10;
    canHandleResults() {
      return super.canHandleResults() && (this.bindings() !== null || this.statements() !== null || this.boolean() !== undefined);
    }
    boolean() {
      return this.results.getBoolean?.();
    }
    draw() {
      const answer = this.boolean();
      if (answer !== undefined) return this.show(el("p", { class: "answer", role: "status" }, kg.say(answer ? "yes" : "no")));
      const [columns, rows] = this.bindings() ? [this.results.getVariables(), this.bindings()] : tripleRows(this.statements());
      if (!rows.length) return this.show(el("p", { role: "status", class: "empty" }, kg.say("rows_none")));
      const body = el("tbody");
      const head = el("tr", {}, ...columns.map((name) => el("th", { scope: "col" }, plain(name))));
      this.numeric = new Set(columns.filter((name) => rows.some((row) => row[name]) && rows.every((row) => !row[name] || NUMBER.test(row[name].datatype ?? ""))));
      const table = el("table", {}, el("thead", {}, head), body);
      const region = el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": kg.say("results") }, table);
      const more = el("button", { type: "button", class: "more", onclick: () => this.more(body, columns, rows, more) });
      this.show(region, more);
      this.more(body, columns, rows, more);
    }
    async more(body, columns, rows, button) {
      const from = body.rows.length;
      const next = rows.slice(from, from + PAGE);
      body.append(...next.map((row) => el("tr", {}, ...columns.map((name) => cell(row[name], kg, this.numeric.has(name))))));
      const left = rows.length - body.rows.length;
      button.hidden = left === 0;
      button.textContent = `+ ${kg.number(Math.min(PAGE, left))} / ${kg.number(left)}`;
      await addLabels(body, next, kg);
    }
  }

  class Graph extends Plugin {
    label = kg.say("tab_graph");
    priority = 5;
    edges() {
      return this.statements() ? triplesAsEdges(this.statements()) : rowsAsEdges(this.results.getVariables?.() ?? [], this.bindings() ?? []);
    }
    canHandleResults() {
      return super.canHandleResults() && (this.bindings() !== null || this.statements() !== null);
    }
    async draw() {
      const edges = this.edges();
      if (!edges.length) return this.show(el("p", { role: "status", class: "empty" }, kg.say("no_graph")));
      const all = [...new Set(edges.flatMap((edge) => [edge.from, edge.to]))];
      const nodes = byDegree(all, edges).slice(0, MOST_NODES);
      const shown = new Set(nodes);
      const labels = await labelsOf(nodes, kg);
      const picture = drawGraph(nodes, edges.filter((edge) => shown.has(edge.from) && shown.has(edge.to)), labels, kg);
      const note = all.length > nodes.length ? el("p", { class: "note" }, kg.say("graph_cut", { n: nodes.length, all: all.length })) : null;
      this.show(...[note, picture].filter(Boolean));
    }
  }

  class Evidence extends Plugin {
    label = kg.say("tab_evidence");
    priority = 4;
    canHandleResults() {
      return super.canHandleResults() && (this.bindings() !== null || this.statements() !== null);
    }
    iris() {
      const rows = this.bindings() ?? tripleRows(this.statements())[1];
      return [...new Set(rows.flatMap((row) => Object.values(row)).filter((term) => term.type === "uri").map((term) => term.value))];
    }
    async draw() {
      const rows = await ask(`SELECT DISTINCT ?statement ?label ?span ?quote ?article ?title WHERE {
        VALUES ?statement { ${values(this.iris().filter((iri) => iri.startsWith(kg.base)).slice(0, 400))} }
        ?statement a kg:Statement ; prov:wasDerivedFrom ?span .
        ?span nif:anchorOf ?quote ; nif:referenceContext ?article ; nif:beginIndex ?begin .
        OPTIONAL { ?statement rdfs:label ?label } OPTIONAL { ?article rdfs:label ?title }
      } ORDER BY ?article ?begin ?statement`);
      if (!rows.length) return this.show(el("p", { role: "status", class: "empty" }, kg.say("no_evidence")));
      const said = new Map();
      for (const row of rows) said.set(row.statement.value, [...(said.get(row.statement.value) ?? []), row]);
      const items = [...said].map(([iri, found]) => el("li", {}, el("p", { class: "said" }, iriLink(iri, kg, found[0].label?.value)), ...quotes(found, kg)));
      this.show(el("p", { role: "status" }, kg.say("evidence_for", { n: said.size })), el("ol", { class: "statements" }, ...items));
    }
  }

  return { table: Table, graph: Graph, evidence: Evidence };
}

function quotes(rows, kg) {
  const seen = new Map(rows.map((row) => [row.span.value, row]));
  return [...seen.values()].map((row) =>
    el(
      "blockquote",
      {},
      el("p", { lang: row.quote["xml:lang"] }, plain(row.quote.value)),
      el("footer", {}, iriLink(row.span.value, kg, row.title?.value)),
    ),
  );
}

function cell(term, kg, numeric) {
  if (!term) return el("td");
  if (term.type === "uri") return el("td", {}, iriLink(term.value, kg));
  const kind = term.datatype ?? "";
  return el("td", { lang: term["xml:lang"], class: numeric ? "number" : null, title: kind ? shorten(kind, kg) : null }, plain(term.value));
}

async function addLabels(body, rows, kg) {
  const iris = new Set(rows.flatMap((row) => Object.values(row)).filter((term) => term.type === "uri").map((term) => term.value));
  const labels = await labelsOf([...iris].filter((iri) => iri.startsWith(kg.base)), kg);
  for (const link of body.querySelectorAll("a[title]:not(.named)")) {
    const label = labels.get(link.title);
    if (!label || link.textContent === label) continue;
    link.classList.add("named");
    const short = link.textContent;
    link.replaceChildren(el("span", {}, plain(label)), " ", el("code", {}, short));
  }
}

async function labelsOf(iris, kg) {
  const known = values(iris.slice(0, 400));
  const rows = known ? await ask(`SELECT ?x ?label WHERE { VALUES ?x { ${known} } ?x rdfs:label ?label } ORDER BY ?label`) : [];
  const found = new Map();
  for (const row of rows) if (!found.has(row.x.value)) found.set(row.x.value, row.label.value);
  for (const iri of iris) if (!found.has(iri)) found.set(iri, shorten(iri, kg));
  return found;
}

function term(node) {
  const kind = node.termType;
  if (kind === "Literal") return { type: "literal", value: node.value, "xml:lang": node.language || undefined, datatype: node.datatype?.value };
  return { type: kind === "NamedNode" ? "uri" : "bnode", value: node.value };
}

function tripleRows(triples) {
  const columns = ["subject", "predicate", "object"];
  return [columns, triples.map((triple) => Object.fromEntries(columns.map((name) => [name, term(triple[name])])))];
}

function triplesAsEdges(triples) {
  return triples
    .filter((triple) => triple.object.termType === "NamedNode")
    .map((triple) => ({ from: triple.subject.value, to: triple.object.value, label: triple.predicate.value }));
}

function rowsAsEdges(columns, rows) {
  const uri = (row, name) => (row[name]?.type === "uri" ? row[name].value : null);
  const edges = new Map();
  for (const row of rows) {
    const named = columns.filter((name) => uri(row, name));
    const [from, via, to] = named.length >= 3 ? named : [named[0], null, named[1]];
    if (!from || !to) continue;
    const edge = { from: uri(row, from), to: uri(row, to), label: via ? uri(row, via) : "" };
    edges.set(JSON.stringify(edge), edge);
  }
  return [...edges.values()];
}

function byDegree(nodes, edges) {
  const degree = new Map(nodes.map((node) => [node, 0]));
  for (const edge of edges) for (const end of [edge.from, edge.to]) degree.set(end, degree.get(end) + 1);
  return [...nodes].sort((a, b) => degree.get(b) - degree.get(a) || (a < b ? -1 : 1));
}
