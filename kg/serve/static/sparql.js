// The SPARQL page: Yasgui on our own endpoint, with our own prefixes and completions, and nothing kept or sent elsewhere.

import { el, plain, settings, shorten } from "./dom.js";
import { plugins } from "./results.js";

const { Yasgui } = window;
const kg = await settings();
const workbench = document.getElementById("workbench");
const first = document.getElementById("query").value;
let started = 0;

// ---- Completion from this graph alone

const terms = fetch("/vocab.json").then((answer) => (answer.ok ? answer.json() : { class: [], property: [] }));

function complete() {
  const { Yasqe } = Yasgui;
  Yasqe.defaults.autocompleters = ["variables"];
  for (const kind of ["class", "property"]) {
    Yasqe.forkAutocompleter(kind, {
      name: `own-${kind}`,
      bulk: false,
      persistenceId: null,
      get: async (_, token) => (await terms)[kind].filter((iri) => matches(iri, token)).slice(0, 40),
    });
  }
  const lines = Object.entries(kg.prefixes).map(([prefix, iri]) => `${prefix}: <${iri}>`);
  Yasqe.forkAutocompleter("prefixes", { name: "own-prefixes", bulk: true, persistenceId: null, get: () => lines.sort() });
}

function matches(iri, token) {
  const typed = (token?.autocompletionString ?? "").toLowerCase();
  return iri.toLowerCase().startsWith(typed) || shorten(iri, kg).toLowerCase().includes(typed);
}

// ---- Errors: where, in one sentence, with the line; what the engine said stays below

const PLACE = /line (\d+),? column (\d+)|(?:at|error) (?:\w+ )*?(\d+):(\d+)/i;
// What the server advises for a prefix that nobody declared; where it does not know its IRI, it has an ellipsis.
const PREFIX = /PREFIX ([\w.-]*): <([^>…]+)>/;

function place(text) {
  const found = PLACE.exec(text);
  return found ? [Number(found[1] ?? found[3]), Number(found[2] ?? found[4])] : null;
}

async function describeError(error) {
  const text = plain(error.text || error.statusText || "");
  const offline = /failed to fetch|networkerror|load failed/i.test(text);
  const at = offline ? null : place(text);
  const said = offline ? kg.say("error_network") : at ? kg.say("error_syntax", { line: at[0], column: at[1] }) : text;
  const box = el("div", { class: "error", role: "alert" }, el("p", {}, el("strong", {}, said)));
  if (at) box.append(caret(at));
  const missing = missingPrefix(text);
  if (missing) box.append(el("button", { type: "button", onclick: () => addPrefix(missing) }, kg.say("add_prefix", { prefix: missing[0] })));
  const advice = at ? /column \d+: (.*)/.exec(text)?.[1] : null;
  if (advice) box.append(el("p", { lang: "en" }, advice));
  else if (said !== text) box.append(el("details", { open: !at }, el("summary", {}, kg.say("detail")), el("pre", {}, text)));
  return box;
}

function caret([line, column]) {
  const lines = yasqe().getValue().split("\n");
  // The end of the text is often an empty line: what is missing there is missing after the last words.
  while (line > 1 && !(lines[line - 1] ?? "").trim()) {
    line -= 1;
    column = (lines[line - 1] ?? "").length + 1;
  }
  const text = lines[line - 1] ?? "";
  return el("pre", { class: "caret" }, `${line} │ ${text}\n${" ".repeat(String(line).length)} │ ${" ".repeat(Math.max(column - 1, 0))}▲`);
}

function missingPrefix(text) {
  return PREFIX.exec(text)?.slice(1) ?? null;
}

function addPrefix([name, iri]) {
  yasqe().addPrefixes({ [name]: iri });
  run();
}

// ---- The page

function open() {
  complete();
  for (const [name, plugin] of Object.entries(plugins(kg))) Yasgui.Yasr.registerPlugin(name, plugin);
  Yasgui.Yasr.plugins.response = class extends Yasgui.Yasr.plugins.response {
    label = kg.say("tab_raw");
  };
  for (const name of Object.keys(Yasgui.Yasr.plugins)) {
    const ours = ["table", "graph", "evidence", "response", "error"].includes(name);
    Yasgui.Yasr.defaults.plugins[name] = { enabled: ours };
  }
  Yasgui.Yasr.defaults.errorRenderers = [describeError];
  Yasgui.Yasr.defaults.pluginOrder = ["table", "graph", "evidence", "response"];
  workbench.replaceChildren(toolbar(), parameters, el("div", { id: "yasgui" }));
  return new Yasgui(document.getElementById("yasgui"), {
    persistenceId: null,
    populateFromUrl: false,
    copyEndpointOnNewTab: true,
    autofocus: false,
    tabName: kg.say("query"),
    endpointCatalogueOptions: { getData: () => [], keys: [], renderItem: () => {} },
    requestConfig: {
      endpoint: `${location.origin}/sparql`,
      method: "POST",
      acceptHeaderGraph: "text/turtle",
      acceptHeaderSelect: "application/sparql-results+json",
      headers: {},
    },
    yasqe: { value: fromHash() ?? declared(first), editorHeight: "230px", persistenceId: null, prefixCcApi: null, resizeable: true },
    yasr: { prefixes: kg.prefixes, maxPersistentResponseSize: 0, persistenceId: null },
  });
}

const parameters = el("div", { class: "parameters" });
const status = el("p", { id: "status", role: "status", "aria-live": "polite" });
const runButton = el("button", { type: "button", class: "primary", onclick: () => run() }, `▶ ${kg.say("run")}`);
const cancelButton = el("button", { type: "button", hidden: true, onclick: () => yasqe().abortQuery() }, kg.say("cancel"));

function toolbar() {
  const copies = [
    ["copy_link", shareLink],
    ["copy_curl", () => `curl -H 'Accept: text/csv' ${location.origin}/sparql --data-urlencode ${shellQuoted("query=" + query())}`],
    ["copy_python", () => `import kg\n\ngraph = kg.load("graph")\nfor row in graph.query(${JSON.stringify(query())}):\n    print(row)\n`],
  ].map(([name, text]) => el("button", { type: "button", onclick: () => copy(text()) }, kg.say(name)));
  const files = ["csv", "tsv", "json", "xml", "ttl", "html"].map((format) =>
    el("a", { href: "#", "data-format": format, onclick: (event) => { event.currentTarget.href = address(format); } }, format.toUpperCase()),
  );
  return el(
    "div",
    { class: "toolbar" },
    runButton,
    cancelButton,
    el("details", { class: "menu" }, el("summary", {}, kg.say("share")), el("div", { class: "sheet" }, ...copies)),
    el("details", { class: "menu" }, el("summary", {}, kg.say("download")), el("div", { class: "sheet" }, ...files)),
    status,
  );
}

const gui = open();

function tab() {
  return gui.getTab();
}
function yasqe() {
  return tab().getYasqe();
}
function query() {
  return yasqe().getValue();
}
function fromHash() {
  return new URLSearchParams(location.hash.slice(1)).get("query");
}
function shareLink() {
  return `${location.origin}/sparql-ui${location.search}#${new URLSearchParams({ query: query() })}`;
}
function address(format) {
  return `/sparql?${new URLSearchParams({ query: query(), format })}`;
}
function shellQuoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    status.textContent = kg.say("copied");
  } catch {
    status.replaceChildren(el("code", {}, text));
  }
  for (const menu of document.querySelectorAll("details.menu[open]")) menu.open = false;
}

function run() {
  return tab().query().catch(() => {});
}

// The endpoint knows these prefixes; the editor, and any other endpoint that the text is taken to, do not.
function declared(text) {
  const code = text.replace(/#[^\n]*/g, "").replace(/<[^>\s]*>|"[^"\n]*"|'[^'\n]*'/g, " ");
  const used = new Set([...code.matchAll(/(?:^|[\s(;,./|^!{[])([a-z]+):/g)].map((found) => found[1]));
  const own = new Set([...code.matchAll(/prefix\s+([\w.-]*):/gi)].map((found) => found[1]));
  const lines = [...used].filter((name) => name in kg.prefixes && !own.has(name)).sort();
  const header = lines.map((name) => `PREFIX ${name}: <${kg.prefixes[name]}>\n`).join("");
  const [comments] = /^(?:[ \t]*#[^\n]*\n|\s*\n)*/.exec(text);
  return comments + header + text.slice(comments.length);
}

function load(text, name) {
  tab().setQuery(declared(text));
  if (name) tab().setName(name.length > 32 ? `${name.slice(0, 31)}…` : name);
  return run();
}

// ---- Parameters: "# param NAME: what it is" is a field, and what is typed there a VALUES at the end of the query

function ask(text) {
  const found = [...text.matchAll(/^#\s*param\s+(\w+)\s*:\s*(.*)$/gm)];
  const fields = found.map(([, name, help]) => {
    const input = el("input", { type: "text", placeholder: plain(help), title: plain(help), "aria-label": plain(name) });
    input.addEventListener("change", () => bind(text, fields));
    return { name, input };
  });
  parameters.replaceChildren(...fields.map(({ name, input }) => el("label", {}, `?${name}`, input)));
}

function bind(text, fields) {
  const given = fields.map(({ name, input }) => [name, input.value.trim()]).filter(([, value]) => value);
  const clause = given.length
    ? `VALUES (${given.map(([name]) => "?" + name).join(" ")}) { (${given.map(([, value]) => term(value)).join(" ")}) }\n`
    : "";
  tab().setQuery(declared(`${text.trimEnd()}\n${clause}`));
  run();
}

function term(value) {
  if (/^<[^<>"{}|^`\\\s]*>$/.test(value)) return value;
  if (/^https?:\/\/[^<>"{}|^`\\\s]*$/.test(value)) return `<${value}>`;
  const [prefix, ...rest] = value.split(":");
  if (rest.length && prefix in kg.prefixes && /^[\w.:-]*$/.test(rest.join(":"))) return `<${kg.prefixes[prefix]}${rest.join(":")}>`;
  return /^-?\d+(\.\d+)?$/.test(value) ? value : JSON.stringify(value);
}

// ---- What happens while a query runs

gui.on("query", () => {
  started = performance.now();
  status.textContent = kg.say("running");
  [runButton.hidden, cancelButton.hidden] = [true, false];
  history.replaceState(null, "", shareLink());
});
gui.on("queryAbort", () => finished(kg.say("cancelled")));
gui.on("queryResponse", (_, answered) => setTimeout(() => finished(summary(answered)), 0));

function finished(text) {
  [runButton.hidden, cancelButton.hidden] = [false, true];
  status.textContent = text;
}

function summary(answered) {
  const results = answered.getYasr().results;
  if (!results || results.hasError()) return kg.say("error");
  const time = kg.say("in_ms", { n: Math.round(performance.now() - started) });
  const cut = Number(results.res?.headers.get("X-Cut-At"));
  const found = results.getBindings?.();
  const counted = found ? (found.length ? kg.count("rows", found.length) : kg.say("rows_none")) : "";
  const triples = !found && results.getStatements?.();
  const what = triples ? kg.count("triples", triples.length) : counted;
  return [`${what} ${time}.`.trim(), cut ? kg.say("cut", { n: cut }) : ""].join(" ").trim();
}

for (const link of document.querySelectorAll(".rail a[data-query]")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    ask(link.dataset.query);
    load(link.dataset.query, link.textContent);
    for (const other of document.querySelectorAll(".rail a[aria-current]")) other.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
  });
}
window.addEventListener("hashchange", () => fromHash() && load(fromHash()));
if (fromHash()) run();
document.documentElement.dataset.ready = "true";
