// One choice at a time: a node, a line, a statement, a sentence or a path. All views follow it.
function touched(p) {
  touching = true;
  choosing(p);
  touching = false;
}
function choosing(p) {
  // A name or a relation's word can be touched like its mark or its line.
  const spot = p.nodes.length ? null : labelSpots.find(([b]) => p.pointer.DOM.x >= b[0] && p.pointer.DOM.x <= b[2] && p.pointer.DOM.y >= b[1] && p.pointer.DOM.y <= b[3]);
  const id = p.nodes[0] || (spot && spot[1].id[0] === "n" ? spot[1].id : undefined);
  if (id && id[0] === "c") return openView("community", +id.slice(1));
  if (id) {
    const node = nodeOf(id), shift = p.event.srcEvent && p.event.srcEvent.shiftKey;
    if (shift && sel && sel.kind === "node") pathFrom = sel.node;
    return choose({ kind: "node", node });
  }
  const line = p.edges.map(edgeOf).find(Boolean), word = spot && spot[1];
  // Of lines between the same two, the one that is touched counts, not the word that lies over both.
  const edge = word && line && [line.from, line.to].every(n => n === word.from || n === word.to) ? line : word || line;
  if (edge) return choose({ kind: "edge", edge });
  choose(null);
}
// A line is within reach at any scale; vis-network itself would measure in units of the drawing. In a crowd each must be met.
const REACH = 7;
function reachLines() {
  const nearest = net.selectionHandler.getEdgeAt.bind(net.selectionHandler);
  net.selectionHandler.getEdgeAt = (pointer, whole = true) => {
    if (marksData.length > CROWD) return nearest(pointer, whole);
    const { x, y } = net.DOMtoCanvas(pointer);
    let found, least = REACH / net.getScale();
    for (const id of net.body.edgeIndices) {
      const body = net.body.edges[id], far = body.connected ? body.edgeType.getDistanceToEdge(body.from.x, body.from.y, body.to.x, body.to.y, x, y) : Infinity;
      if (far < least) [found, least] = [whole ? body : id, far];
    }
    return found;
  };
}
function choose(next, moveFocus = false, keepTab = false, push = true) {
  if (next && next.kind === "node" && pathFrom && next.node !== pathFrom) {
    const chain = findPath(pathFrom, next.node);
    next = { kind: "path", from: pathFrom, to: next.node, edges: chain || [] };
  }
  pathFrom = null;
  sel = next;
  hinted = hinted || Boolean(next);
  blocks = MOST_BLOCKS;
  if (!keepTab && tab !== "fiche" && next) show("fiche");
  renderSelection();
  // A choice that the present view does not hold brings its surroundings.
  if (next) bringIntoView(next);
  else if (brought) fit();
  markCurrent();
  if (moveFocus && $("cardtitle")) { cameFrom = document.activeElement; $("cardtitle").focus(); }
  if (push) remember();
}
function renderSelection() {
  renderFiche();
  $("fiche").scrollTop = 0;
  if (tab === "article") renderArticle();
  if (tab === "table") renderTable();
  setFocus(focusOf());
  renderCrumbs();
}
function markCurrent() {
  for (const b of document.querySelectorAll("#list [aria-current]")) b.removeAttribute("aria-current");
  if (sel && sel.kind === "node") { const b = document.querySelector('#list [data-node="' + sel.node.id + '"]'); if (b) b.setAttribute("aria-current", "true"); }
}
function focusOf(choice = sel) {
  if (!choice) return null;
  if (choice.kind === "node") {
    const near = choice.node.edges.filter(e => e.shown);
    return { nodes: unique([choice.node, ...near.flatMap(e => [e.from, e.to])]), edges: near, chosen: [choice.node] };
  }
  // With a claim goes the act of making it.
  const chosen = chosenStatements().filter(s => s.shown), claims = new Set(chosen.map(s => s.id));
  const acts = statements.filter(s => s.shown && s.object && claims.has(s.object.iri));
  const lines = sel.kind === "edge" ? [sel.edge] : sel.kind === "path" ? sel.edges : unique([...chosen, ...acts].flatMap(s => s.edges));
  const ends = sel.kind === "path" && !lines.length ? [sel.from, sel.to] : unique(lines.flatMap(e => [e.from, e.to]));
  const speakers = sel.kind === "path" ? [] : unique(chosenStatements().flatMap(s => s.sources.map(x => x.node)).filter(Boolean));
  return { nodes: unique([...ends, ...speakers]), edges: lines, chosen: sel.kind === "path" ? [sel.from, sel.to] : [] };
}
function bringIntoView(next) {
  const wanted = focusOf(), first = wanted.chosen[0] || wanted.nodes[0];
  if (!first || !first.shown) return;
  const chain = next.kind === "path" && next.edges.length ? next.edges.reduce((all, e) => [...all, e.from === all[all.length - 1] ? e.to : e.from], [next.from]) : [];
  if (chain.some(n => !isDrawn(n))) return nodes.length > CROWD ? openPath(chain) : openView("all");
  if (!isDrawn(first)) return openEgo(first, 1);
  const box = $("canvas"), at = wanted.nodes.map(n => net.canvasToDOM(whereNow(n)));
  const out = at.some(p => p.x < 20 || p.y < 20 || p.x > box.clientWidth - 20 || p.y > box.clientHeight - 20);
  // What is chosen in the text or a list is brought near; what was touched in the drawing stays under the finger.
  const { scale, position } = frameFor(wanted.nodes.map(whereNow), LARGEST, 4.6), small = scale > 1.6 * net.getScale(), narrow = box.clientWidth < 500;
  if (!out && !(small && (narrow || !touching))) return;
  brought = true;
  move({ position, scale: small ? Math.min(scale, Math.max(net.getScale(), (narrow ? 3 : 1.8) * fitted)) : Math.min(net.getScale(), scale), animation: gently() });
}
const whereNow = n => { const body = net.body.nodes[n.id]; return body ? { ...n, x: body.x, y: body.y } : n; };
let touching = false, brought = false, cameFrom = null;

// Next and previous relation of the chosen node.
function step(by) {
  const list = visible(sel && sel.kind === "node" ? sel.node.statements : stepped || statements);
  if (!list.length) return;
  if (sel && sel.kind === "node") stepped = sel.node.statements;
  const now = sel && sel.kind === "statement" ? list.indexOf(sel.statement) : by > 0 ? -1 : 0;
  choose({ kind: "statement", statement: list[(now + by + list.length) % list.length] }, true);
}
let stepped = null;

// Search: label, aliases and class, accents and punctuation folded.
const hay = nodes.map(n => ({ n, label: " " + fold(n.label), aliases: n.aliases.map(fold), rest: " " + fold(n.aliases.join(" ")) + " " + fold([D.strings.fr.types[n.type], D.strings.en.types[n.type]].join(" ")) }));
let hits = [], active = -1;
function find(text) {
  const words = fold(text).split(" ").filter(Boolean);
  if (!words.length) return [];
  const found = [];
  for (const { n, label, aliases, rest } of hay) {
    if (!words.every(w => label.includes(w) || rest.includes(w))) continue;
    const whole = words.join(" ");
    const exact = label.trim() === whole ? 0 : aliases.includes(whole) ? 1 : label.startsWith(" " + words[0]) ? 2 : words.every(w => label.includes(" " + w)) ? 3 : 4;
    found.push([exact, n.i, n]);
  }
  return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(f => f[2]);
}
function renderHits() {
  const input = $("search"), list = $("hits"), text = input.value.trim(), all = find(text);
  hits = all.slice(0, 12);
  active = hits.length ? 0 : -1;
  list.replaceChildren(...hits.map((n, i) => {
    const item = el("li", { role: "option", id: "hit" + i, "aria-selected": String(i === active), on: { mousedown: ev => { ev.preventDefault(); take(n); } } });
    item.append(sign(n.type), el("span", { lang: tongue, text: n.label }), el("span", { cls: "quiet", text: n.shown ? t("types." + n.type) : t("hidden") }));
    return item;
  }));
  const open = hits.length > 0;
  list.hidden = !open;
  input.setAttribute("aria-expanded", String(open));
  open ? input.setAttribute("aria-activedescendant", "hit0") : input.removeAttribute("aria-activedescendant");
  const gone = all.filter(n => !n.shown).length;
  say(!text ? "" : !all.length ? t("noResult", { q: text }) : t("results", { n: all.length }) + (gone ? ", " + t("hiddenHits", { n: gone }) : ""));
}
function take(n) {
  closeHits();
  $("search").value = "";
  choose({ kind: "node", node: n }, true);
}
function closeHits() {
  $("hits").hidden = true;
  $("search").setAttribute("aria-expanded", "false");
  $("search").removeAttribute("aria-activedescendant");
}
function startSearch() {
  const input = $("search");
  input.addEventListener("input", renderHits);
  input.addEventListener("blur", closeHits);
  input.addEventListener("keydown", ev => {
    if (ev.key === "ArrowDown" || ev.key === "ArrowUp") {
      ev.preventDefault();
      if (!hits.length) return;
      active = (active + (ev.key === "ArrowDown" ? 1 : -1) + hits.length) % hits.length;
      [...$("hits").children].forEach((item, i) => item.setAttribute("aria-selected", String(i === active)));
      input.setAttribute("aria-activedescendant", "hit" + active);
      $("hits").children[active].scrollIntoView({ block: "nearest" });
    } else if (ev.key === "Enter" && hits[active] && !$("hits").hidden) { ev.preventDefault(); take(hits[active]); }
    else if (ev.key === "Escape") { ev.stopPropagation(); if (input.value) { input.value = ""; renderHits(); } else input.blur(); }
  });
}
