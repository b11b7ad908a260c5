// Words of the interface and small builders of elements. Nothing read from an article ever becomes markup.
const has = (object, key) => Object.prototype.hasOwnProperty.call(object, key);
let lang = D.lang;
const T = () => D.strings[lang];
function t(key, values = {}) {
  let text = key.split(".").reduce((o, k) => (o && has(o, k) ? o[k] : undefined), T());
  if (text === undefined) return key.split(".").pop();
  if (typeof text === "object") text = text[told("PluralRules").select(values.n)] || text.other;
  return text.replace(/\{(\w+)\}/g, (_, k) => (typeof values[k] === "number" ? number(values[k]) : values[k] ?? ""));
}
// What tells numbers, days and orders of a language is made once: that takes as long as to tell hundreds of them.
const made = new Map();
function told(kind, options) {
  const key = [kind, lang, ...Object.keys(options || {})].join();
  if (!made.has(key)) made.set(key, new Intl[kind](lang, options));
  return made.get(key);
}
const number = n => told("NumberFormat").format(n);
function day(iso) {
  const m = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(iso || "");
  if (!m) return iso || "";
  const options = { year: "numeric", timeZone: "UTC", ...(m[2] && { month: "long" }), ...(m[3] && { day: "numeric" }) };
  return told("DateTimeFormat", options).format(Date.UTC(+m[1], (m[2] || 1) - 1, +(m[3] || 1)));
}
function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}
const quoted = words => t("quoted", { words });
// Spaces that may not end a line in French: after «, before » ; : ! ? and signs, between thousands. The text stays as it was read.
const BOUND = /«\s\S{1,24}(?:\s[»;:!?])*|\d{1,3}(?:\s\d{3})+(?:\s[»;:!?%€])*|\S{1,24}(?:\s[»;:!?%€])+/gu;
function typeset(text) {
  const parts = [];
  let at = 0;
  for (const m of text.matchAll(BOUND)) {
    parts.push(text.slice(at, m.index), el("span", { cls: "bound", text: m[0] }));
    at = m.index + m[0].length;
  }
  return [...parts, text.slice(at)].filter(Boolean);
}
const $ = id => document.getElementById(id);
function el(name, options = {}, ...children) {
  const e = document.createElement(name);
  for (const [k, v] of Object.entries(options)) {
    if (v === undefined || v === null || v === false) continue;
    if (k === "on") for (const [event, f] of Object.entries(v)) e.addEventListener(event, f);
    else if (k === "text") e.textContent = v;
    else if (k === "cls") e.className = v;
    else e.setAttribute(k, v === true ? "" : v);
  }
  e.append(...children.filter(c => c !== null && c !== undefined && c !== ""));
  return e;
}
const button = (text, click, options = {}) => el("button", { type: "button", text, ...options, on: { click } });
function link(url, text) {
  let u;
  try { u = new URL(url); } catch { return document.createTextNode(text); }
  if (u.protocol !== "http:" && u.protocol !== "https:") return document.createTextNode(text);
  return el("a", { href: u.href, rel: "noopener noreferrer nofollow", target: "_blank", text });
}
function svg(name, attributes = {}, ...children) {
  const e = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
  e.append(...children);
  return e;
}
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const still = window.matchMedia("(prefers-reduced-motion: reduce)");
const ink = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
function paint(type) {
  const s = STYLE.types[type];
  if (type === "Value") return { fill: ink("wash"), line: dark.matches ? s.darkLine : s.line };
  if (type === "Occupation") return { fill: ink("paper"), line: dark.matches ? s.darkLine : s.line };
  return { fill: s.fill, line: dark.matches ? s.darkLine : s.line };
}
// The sign of a class, as in the graph.
function sign(type, size = 15) {
  const { fill, line } = paint(type), shape = STYLE.types[type].shape;
  const at = (n, turn, r = 6.4) => Array.from({ length: n }, (_, k) => {
    const a = turn + (2 * Math.PI * k) / n;
    return (8 + r * Math.cos(a)).toFixed(2) + "," + (8 + r * Math.sin(a)).toFixed(2);
  });
  const up = -Math.PI / 2, common = { fill, stroke: line, "stroke-width": shape === "ring" ? 3 : 1.5, "stroke-linejoin": "round" };
  const star = () => at(5, up, 7).flatMap((p, k) => [p, at(5, up + Math.PI / 5, 3.2)[k]]);
  const points = { triangle: () => at(3, up, 7), triangleDown: () => at(3, -up, 7), diamond: () => at(4, up, 7), hexagon: () => at(6, 0, 7), star };
  let mark;
  if (shape === "square") mark = svg("rect", { x: 2.5, y: 2.5, width: 11, height: 11, ...common });
  else if (shape === "box") mark = svg("rect", { x: 1, y: 4, width: 14, height: 8, rx: 2, ...common });
  else if (points[shape]) mark = svg("polygon", { points: points[shape]().join(" "), ...common });
  else mark = svg("circle", { cx: 8, cy: 8, r: (shape === "ring" ? 5 : 6) * (STYLE.types[type].scale || 1), ...common });
  return svg("svg", { viewBox: "0 0 16 16", width: size, height: size, "aria-hidden": "true", focusable: "false" }, mark);
}
const lookOf = k => STYLE.looks[k === SAYS ? "says" : STATUSES[k]];
// A sample of the line of a status.
function stroke(k) {
  const l = lookOf(k), colour = dark.matches ? l.dark : l.light;
  const line = svg("line", { x1: 1, y1: 6, x2: 24, y2: 6, stroke: colour, "stroke-width": l.width + 0.6, "stroke-dasharray": l.dash.join(" ") });
  const tip = l.arrow === "bar" ? svg("path", { d: "M26 1.5v9", stroke: colour, "stroke-width": 2.4 }) : l.arrow === "vee"
    ? svg("path", { d: "M23 2l6 4-6 4", fill: "none", stroke: colour, "stroke-width": 1.6 }) : svg("path", { d: "M23 2l7 4-7 4z", fill: colour });
  return svg("svg", { viewBox: "0 0 31 12", width: 31, height: 12, "aria-hidden": "true", focusable: "false" }, line, tip);
}
const say = text => { $("say").textContent = text; };
