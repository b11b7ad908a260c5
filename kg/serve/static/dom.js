// Elements from text: nothing here, or in what uses it, ever parses a string as HTML.

const SVG = "http://www.w3.org/2000/svg";

/** An element with its attributes and children; strings become text. Handlers are functions under "on…" names. */
export function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same for SVG. */
export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Text without the controls that make a name read as another. */
export function plain(text) {
  return String(text).replace(/[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, "");
}

/** What the server says of itself: words, prefixes, where entities live. */
export async function settings() {
  const chosen = new URLSearchParams(location.search).get("lang");
  const answer = await fetch("/words.json" + (chosen ? "?lang=" + encodeURIComponent(chosen) : ""));
  const found = await answer.json();
  const numbers = new Intl.NumberFormat(found.language);
  const plural = new Intl.PluralRules(found.language);
  return {
    ...found,
    number: (value) => numbers.format(value),
    say: (name, values = {}) =>
      Object.entries(values).reduce(
        (text, [key, value]) => text.replace(`{${key}}`, typeof value === "number" ? numbers.format(value) : plain(value)),
        found.words[name] ?? name,
      ),
    count: (name, n) =>
      (found.words[`${name}_${plural.select(n)}`] ?? found.words[`${name}_many`]).replace("{n}", numbers.format(n)),
  };
}

/** An IRI as prefix:name where a prefix begins it. */
export function shorten(iri, kg) {
  let best = "";
  for (const [prefix, start] of Object.entries(kg.prefixes)) {
    if (iri.startsWith(start) && start.length > (kg.prefixes[best] ?? "").length) best = prefix;
  }
  return best ? `${best}:${iri.slice(kg.prefixes[best].length)}` : iri;
}

/** A link to an IRI: to its page here if it is of this graph, outward only over the web, else its text alone. */
export function iriLink(iri, kg, label) {
  const text = plain(label ?? shorten(iri, kg));
  if (iri.startsWith(kg.base)) {
    const [local, part] = iri.slice(kg.base.length).split("#");
    const lang = new URLSearchParams(location.search).get("lang");
    const query = lang ? `?lang=${encodeURIComponent(lang)}` : "";
    const path = local.split("/").map(encodeURIComponent).join("/");
    return el("a", { href: `/id/${path}${query}${part ? "#" + part : ""}`, title: plain(iri) }, text);
  }
  if (/^https?:\/\//.test(iri)) {
    return el("a", { href: iri, title: plain(iri), rel: "noopener noreferrer nofollow", target: "_blank" }, text);
  }
  return el("span", { title: plain(iri) }, text);
}

/** The rows of a query that the page itself asks. */
export async function ask(query) {
  const answer = await fetch("/sparql", {
    method: "POST",
    headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json" },
    body: query,
  });
  return answer.ok ? (await answer.json()).results.bindings : [];
}

/** IRIs as the values of a SPARQL clause; what could end one early is left out. */
export function values(iris) {
  return [...iris].filter((iri) => /^[^<>"{}|^`\\\u0000-\u0020]+$/.test(iri)).map((iri) => `<${iri}>`).join(" ");
}
