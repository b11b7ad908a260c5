// What is shown, filters included, as a file.
function save(name, type, content) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type: type + ";charset=utf-8" }));
  const a = el("a", { download: name });
  a.href = url;
  document.body.append(a);
  a.click();
  a.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
  $("export").open = false;
}
const fileName = suffix => (fold(D.title).replace(/ /g, "-").slice(0, 50) || "kg") + suffix;

function exportCsv() {
  // A cell that begins like a formula must not become one in a spreadsheet.
  const safe = w => (/^[=+\-@\t\r]/.test(w) ? "'" + w : w);
  const cell = w => { const text = safe(String(w ?? "")); return /[",\n\r]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text; };
  const head = ["statement", "subject", "predicate", "object", "status", "polarity", "modality", "claimant", "cue", "stance", "from", "to", "confidence", "rule", "document", "start", "end", "quote"];
  const rows = visible(statements).flatMap(s => (s.evidence.length ? s.evidence : [null]).map(e => [s.id, s.subject.label, s.predicate.label, s.object ? s.object.label : "", s.status, s.negated ? "negated" : "affirmed", s.modality,
    s.sources.map(x => x.label).join("; "), s.sources.map(x => x.cue).join("; "), s.sources.map(x => x.stance).join("; "), s.when ? s.when[0] : "", s.when ? s.when[1] : "", s.confidence, s.rule, e ? e.doc.name : "", e ? e.start : "", e ? e.end : "", e ? quote(e) : ""]));
  save(fileName(".csv"), "text/csv", "\ufeff" + [head, ...rows].map(r => r.map(cell).join(",")).join("\r\n") + "\r\n");
}
function visibleJson() {
  const name = e => (e ? (e.node ? { id: e.node.iri, label: e.label, type: e.node.raw } : { id: e.iri, label: e.label }) : null);
  return {
    title: D.title,
    nodes: nodes.filter(n => n.shown).map(n => ({ id: n.iri, label: n.label, type: n.raw, aliases: n.aliases, links: n.links, x: n.x, y: n.y, community: n.community })),
    statements: visible(statements).map(s => ({
      id: s.id, subject: name(s.subject), predicate: s.predicate, object: name(s.object), value: s.value, status: s.status, polarity: s.negated ? "negated" : "affirmed", modality: s.modality,
      attribution: s.sources.map(x => ({ ...name(x), cue: x.cue, stance: x.stance })), qualifiers: s.qualifiers.map(q => ({ role: q.role, ...name(q) })),
      when: s.when, confidence: s.confidence, rule: s.rule, premises: s.premises.map(p => p.id), evidence: s.evidence.map(e => ({ document: e.doc.name, start: e.start, end: e.end, quote: quote(e) }))
    }))
  };
}

// Turtle: plain edges for what is asserted, a kg:Statement for everything, as in the graph itself.
const LITERAL = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const TONGUE = /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/;
const literal = (text, language) => '"' + text.replace(/[\\"\n\r\t]/g, c => LITERAL[c]).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, c => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0")) + '"' + (TONGUE.test(language) ? "@" + language : "");
function iri(text) {
  return "<" + text.replace(/[\u0000-\u0020\u007f-\u009f<>"{}|^`\\[\]]|%(?![0-9A-Fa-f]{2})/g, c => "%" + c.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()) + ">";
}
const name = (prefix, local) => (/^[A-Za-z0-9_][A-Za-z0-9_-]*$/.test(local) ? prefix + ":" + local : iri(STYLE.prefixes[prefix] + encodeURIComponent(local)));
const POLARITY = { true: "kg:Negated", false: "kg:Affirmed" };
const capital = text => text[0].toUpperCase() + text.slice(1);
function turtle(list, whole = true) {
  const id = e => name("id", e.node ? e.node.iri : e.iri || "unknown");
  const language = s => (s.evidence[0] ? s.evidence[0].doc.lang : docs[0] ? docs[0].lang : "fr");
  const lines = [], things = new Map(), spots = new Map(), used = new Set();
  for (const s of list) {
    for (const e of [s.subject, s.object, ...s.sources, ...s.qualifiers]) if (e) things.set(e.node ? e.node.iri : e.iri, [e, language(s)]);
    if (s.status === "asserted" && s.object) lines.push(id(s.subject) + " " + name("kg", s.predicate.local) + " " + id(s.object) + " .");
    const rows = [s.status === "background" ? "a kg:Background" : "a kg:Statement", "rdf:subject " + id(s.subject), "rdf:predicate " + name("kg", s.predicate.local)];
    if (s.object) rows.push("rdf:object " + id(s.object));
    rows.push("rdfs:label " + literal(sentenceOf(s), language(s)), "kg:polarity " + POLARITY[s.negated], "kg:modality " + name("kg", capital(s.modality)));
    for (const q of s.qualifiers) rows.push(name("kg", q.role) + " " + id(q));
    for (const x of s.sources) rows.push("kg:attributedTo " + id(x), "kg:stance " + name("kg", capital(x.stance)));
    if (s.status === "inferred") rows.push("kg:inferredBy " + name("kg", "rule-" + s.rule), ...s.premises.filter(p => p.status !== "background").map(p => "prov:wasDerivedFrom " + name("id", p.id)));
    for (const e of s.evidence) {
      const spot = iri(STYLE.prefixes.id + e.doc.id + "#char=" + e.start + "," + e.end);
      rows.push("prov:wasDerivedFrom " + spot);
      spots.set(spot, e);
    }
    lines.push(name("id", s.id) + " " + rows.join(" ;\n    ") + " .");
  }
  if (whole) {
    for (const [key, [e, l]] of things) {
      if (byStatement.has(key)) continue;
      const type = e.node && STYLE.types[e.node.type].iri, rows = [];
      if (type) rows.push("a " + short(type));
      rows.push("rdfs:label " + literal(e.label, l));
      for (const alias of e.node ? e.node.aliases : []) rows.push("skos:altLabel " + literal(alias, l));
      for (const same of e.node ? e.node.links : []) rows.push("owl:sameAs " + iri(same));
      lines.push(id(e) + " " + rows.join(" ;\n    ") + " .");
    }
    for (const [spot, e] of spots) {
      const words = quote(e);
      lines.push(spot + " a nif:RFC5147String ;\n    nif:referenceContext " + name("id", e.doc.id) + " ;\n    nif:beginIndex " + e.start + " ; nif:endIndex " + e.end + (words ? " ;\n    nif:anchorOf " + literal(words, e.doc.lang) : "") + " .");
    }
  }
  const body = lines.join("\n\n") + "\n";
  const prefixes = Object.entries(STYLE.prefixes).map(([p, u]) => "@prefix " + p + ": <" + u + "> .").join("\n");
  return whole ? prefixes + "\n\n" + body : body;
}
function short(full) {
  for (const [p, u] of Object.entries(STYLE.prefixes)) if (full.startsWith(u)) return p + ":" + full.slice(u.length);
  return iri(full);
}

// The drawing, enlarged on a canvas of its own size, with title and source under it.
async function exportPng(times) {
  const frame = $("canvas"), w = frame.clientWidth, h = frame.clientHeight, wide = 1200 * times, high = Math.round((wide * h) / w);
  const scale = net.getScale(), position = net.getViewPosition(), ratio = window.devicePixelRatio || 1;
  const held = frame.style.cssText;
  frame.style.cssText = "position:fixed;left:0;top:0;z-index:-1;width:" + wide / ratio + "px;height:" + high / ratio + "px";
  net.setSize(wide / ratio + "px", high / ratio + "px");
  net.canvas.setSize(wide / ratio + "px", high / ratio + "px");
  labelFactor = wide / ratio / w;
  move({ position, scale: (scale * wide) / ratio / w, animation: false });
  net.redraw();
  net.renderer._redraw(false);
  const foot = 46 * times, out = el("canvas");
  out.width = wide;
  out.height = high + foot;
  const ctx = out.getContext("2d");
  ctx.fillStyle = ink("paper");
  ctx.fillRect(0, 0, out.width, out.height);
  ctx.drawImage(frame.querySelector("canvas"), 0, 0, wide, high);
  ctx.fillStyle = ink("ink");
  ctx.font = "600 " + 17 * times + "px Georgia, serif";
  ctx.fillText(D.title || appTitle(), 16 * times, high + 20 * times, wide - 32 * times);
  ctx.font = 12 * times + "px " + FONT;
  ctx.fillStyle = ink("soft");
  ctx.fillText([$("counts").textContent, t("made")].join(" · "), 16 * times, high + 38 * times, wide - 32 * times);
  labelFactor = 1;
  frame.style.cssText = held;
  net.setSize("100%", "100%");
  net.canvas.setSize("100%", "100%");
  move({ position, scale, animation: false });
  net.redraw();
  const blob = await new Promise(done => out.toBlob(done, "image/png"));
  save(fileName(".png"), "image/png", blob);
}
function printTable() {
  $("printout").replaceChildren(tableOf(visible(statements).slice(0, 3000), false));
}
function startExport() {
  $("png1").addEventListener("click", () => exportPng(1));
  $("png3").addEventListener("click", () => exportPng(3));
  $("csv").addEventListener("click", exportCsv);
  $("json").addEventListener("click", () => save(fileName(".json"), "application/json", JSON.stringify(visibleJson(), null, 1)));
  $("ttl").addEventListener("click", () => save(fileName(".ttl"), "text/turtle", turtle(visible(statements))));
  $("print").addEventListener("click", () => { $("export").open = false; window.print(); });
  window.addEventListener("beforeprint", printTable);
  document.addEventListener("click", ev => { if (!$("export").contains(ev.target)) $("export").open = false; });
}
