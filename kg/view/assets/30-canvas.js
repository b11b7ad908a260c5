// The drawing. vis-network draws marks and lines where Python placed them and tells what was touched;
// names are drawn here, by rank, only where they do not cover each other.
const ALL_LABELS = 100, CROWD = 160, OVERVIEW = 800, MOST_OPEN = 300, MOST_EGO = 150, FIRST_LABELS = 60, MANY = 40;
const view = { kind: nodes.length > OVERVIEW ? "overview" : "all", community: null, node: null, depth: 1, capped: 0 };
let net = null, marksData = null, linesData = null;
let focus = null;
const NAMED = new Set(["Person", "Organization", "Place", "Work", "Product", "Event"]);
const groups = communities();

// A large graph comes with the discs of its overview; of those beyond them the last stands for all.
function communities() {
  const found = new Map(), discs = D.groups, rest = discs.length - 1;
  for (const n of nodes) {
    if (discs.length) n.community = Math.min(n.community, rest);
    if (!found.has(n.community)) found.set(n.community, []);
    found.get(n.community).push(n);
  }
  return [...found.entries()].map(([number, members]) => {
    const [count, x, y, size, merged] = discs[number] || [members.length, 0, 0, 0, 1];
    const named = members.filter(n => NAMED.has(n.type) && /^\p{Lu}../u.test(n.label)), top = unique([...named, ...members.filter(n => n.type !== "Value")]).slice(0, 3);
    return { number, id: "c" + number, members, x, y, count, top, size, merged, name: merged > 1 ? t("smallGroups", { n: merged }) : top.map(n => n.label).join(", ") || "…" };
  });
}
function wrap(text, width = 22, most = 3) {
  const rows = [""];
  for (const word of text.split(" ")) {
    const last = rows[rows.length - 1];
    if (last && (last + " " + word).length > width) rows.push(word);
    else rows[rows.length - 1] = last ? last + " " + word : word;
  }
  const cut = rows.map(r => (r.length > width + 6 ? r.slice(0, width + 4) + "…" : r));
  return cut.length > most ? [...cut.slice(0, most - 1), cut[most - 1] + "…"] : cut;
}

function markOf(n) {
  const p = paint(n.type), shape = STYLE.types[n.type].shape;
  const mark = { id: n.id, x: spotOf(n).x, y: spotOf(n).y, size: shape === "box" ? 5 : n.size, shape: shape === "ring" ? "dot" : shape === "box" ? "square" : shape, color: { background: p.fill, border: p.line }, borderWidth: shape === "ring" ? 4 : 1.6 };
  return mark;
}

// Many lines together are a texture; each alone is read on selection.
const crowd = () => (view.kind === "all" ? nodes.length : 0);
const faint = () => (crowd() > OVERVIEW ? 0.3 : crowd() > CROWD ? 0.55 : 1);
// A line is as thick as it is on screen when all is in view, whatever the scale of the drawing.
let thick = 1, linesLook = "";
function lineOf(e) {
  const l = lookOf(e.look), type = e.negated ? "bar" : l.arrow, tip = 0.3 + 0.32 * thick;
  const line = {
    id: e.id, from: e.from.id, to: e.to.id, color: { color: dark.matches ? l.dark : l.light, opacity: faint() },
    width: thick * Math.min(l.width + 0.4 * (e.links.length - 1), 3.2), dashes: l.dash.length ? l.dash.map(d => d * thick * 0.8) : false
  };
  line.arrows = crowd() > OVERVIEW ? "" : { to: { enabled: true, type, scaleFactor: type === "circle" ? 0.55 * tip : tip } };
  // Bars stay readable: an edge that is alone is straight, parallel ones bow out on their own side.
  if (e.bend) line.smooth = { enabled: true, type: "curvedCW", roundness: 0.08 + 0.12 * e.bend };
  return line;
}

function startCanvas() {
  marksData = new vis.DataSet();
  linesData = new vis.DataSet();
  const many = nodes.length > OVERVIEW;
  net = new vis.Network($("canvas"), { nodes: marksData, edges: linesData }, {
    physics: false, layout: { improvedLayout: false, randomSeed: 1 },
    interaction: { hover: true, hoverConnectedEdges: false, selectConnectedEdges: false, selectable: true, multiselect: false, keyboard: false, tooltipDelay: 1e9, hideEdgesOnDrag: many, hideEdgesOnZoom: many, zoomSpeed: 0.6 },
    nodes: { chosen: false, font: { multi: false }, labelHighlightBold: false },
    edges: { chosen: false, smooth: false, font: { multi: false }, selectionWidth: 0, hoverWidth: 0, arrowStrikethrough: false, endPointOffset: { to: 1 } }
  });
  reachLines();
  net.on("beforeDrawing", drawGround);
  net.on("afterDrawing", drawOver);
  net.on("animationFinished", () => { moving = false; });
  net.on("click", touched);
  for (const event of ["dragStart", "zoom"]) net.on(event, () => { brought = false; });
  net.on("doubleClick", p => { if (p.nodes.length && nodeOf(p.nodes[0])) openEgo(nodeOf(p.nodes[0]), 1); });
  net.on("hoverNode", p => { $("canvas").style.cursor = "pointer"; peek(nodeOf(p.node)); });
  net.on("blurNode", () => { $("canvas").style.cursor = ""; peek(null); });
  net.on("hoverEdge", () => { $("canvas").style.cursor = "pointer"; });
  net.on("blurEdge", () => { $("canvas").style.cursor = ""; });
  const canvas = $("canvas").querySelector("canvas");
  canvas.addEventListener("mouseleave", () => { if (hovered) peek(null); });
  canvas.setAttribute("role", "img");
  dark.addEventListener("change", () => { repaint(); renderAll(); });
  $("zoomin").addEventListener("click", () => zoom(1.4));
  $("zoomout").addEventListener("click", () => zoom(1 / 1.4));
  $("fit").addEventListener("click", fit);
}
// Under the pointer a node shows its neighbours, until something is chosen.
let hovered = null, waiting = 0;
function peek(node) {
  clearTimeout(waiting);
  hovered = node && node.id;
  if (sel) return redrawOver();
  waiting = setTimeout(() => { if (!sel) setFocus(node && focusOf({ kind: "node", node })); }, node ? 90 : 30);
}
const isDrawn = n => n.id in net.body.nodes, isLined = e => e.id in net.body.edges;
const nodeOf = id => (id[0] === "n" ? nodes[+id.slice(1)] : null);
const edgeOf = id => (id[0] === "e" ? edges[+id.slice(1)] : null);

// One way at a time: vis-network would go on with the one before as well, and draw without end.
let moving = false;
function move(options) {
  if (moving) {
    net.body.emitter.off("initRedraw", net.view.viewFunction);
    net.view.easingTime = 0;
    net.body.emitter.emit("_stopRendering");
  }
  moving = Boolean(options.animation);
  net.moveTo(options);
}
function zoom(factor) {
  move({ scale: net.getScale() * factor, animation: gently() });
}
const gently = () => (still.matches || nodes.length > OVERVIEW ? false : { duration: 220, easingFunction: "easeInOutQuad" });
// Few marks need not fill the page.
const LARGEST = nodes.length > 120 ? 1.2 : 0.8;
function fit() {
  const shown = view.kind === "overview" ? groups : nodes.filter(isDrawn);
  const { scale, position } = shown.length ? frameFor(apart.size ? shown.map(whereNow) : shown, LARGEST) : { scale: 1, position: { x: 0, y: 0 } };
  fitted = scale;
  brought = false;
  const wanted = crowd() > OVERVIEW ? 1 : Math.max(1, Math.min(1 / scale, 2.6)), look = wanted.toFixed(1) + "/" + faint();
  if (look !== linesLook) { thick = wanted; linesLook = look; linesData.update(linesData.getIds().filter(edgeOf).map(id => lineOf(edgeOf(id)))); inOrder(); }
  move({ position, scale, animation: false });
}
// The largest scale at which these marks and their names are in view, and the middle of what they take.
function frameFor(list, most, letter = 3.3) {
  const box = $("canvas"), top = $("crumbs").childElementCount ? 46 : 14, foot = 14 + $("hint").offsetHeight, wide = box.clientWidth - 20, high = box.clientHeight - top - foot, crowd = list.length > CROWD;
  const places = list.map(n => {
    const rows = n.members ? ["", "", "", ""] : crowd ? [""] : rowsOf(n), half = n.members ? 64 : Math.min(letter * Math.max(...rows.map(r => r.length)), 0.16 * box.clientWidth);
    return { n, half, below: 14 * rows.length, inside: n.type === "Value" };
  });
  const taken = scale => places.reduce((b, { n, half, below, inside }) => {
    const x = n.x * scale, y = n.y * scale, r = n.size * scale, side = Math.max(half, r);
    return [Math.min(b[0], x - side), Math.min(b[1], y - (inside ? below / 2 : r)), Math.max(b[2], x + side), Math.max(b[3], y + (inside ? below / 2 : r + below))];
  }, [Infinity, Infinity, -Infinity, -Infinity]);
  const fits = scale => { const b = taken(scale); return b[2] - b[0] <= wide && b[3] - b[1] <= high; };
  let scale = 0.005;
  if (fits(most)) scale = most;
  else for (let k = 0; k < 20; k++) { const middle = (scale + most) / 2; fits(middle) ? (scale = middle) : (most = middle); }
  const b = taken(scale);
  return { scale, position: { x: (b[0] + b[2]) / 2 / scale, y: (b[1] + b[3] - top + foot) / 2 / scale } };
}

// Which marks and lines the present view holds: all, the overview, one community, or a neighbourhood.
function inView() {
  if (view.kind === "community") {
    const members = new Set(groups.find(g => g.number === view.community).members.slice(0, MOST_OPEN));
    return n => members.has(n);
  }
  if (view.kind === "path") return n => apart.has(n);
  if (view.kind === "ego") {
    const near = neighbourhood(view.node, view.depth);
    view.capped = Math.max(near.size - MOST_EGO, 0);
    const kept = new Set([...near].slice(0, MOST_EGO));
    return n => kept.has(n);
  }
  return () => true;
}
function neighbourhood(node, depth, counts = e => e.shown) {
  let rim = [node];
  const near = new Set(rim);
  for (let d = 0; d < depth; d++) {
    const next = new Set();
    for (const n of rim) for (const e of n.edges) if (counts(e)) next.add(e.from === n ? e.to : e.from);
    rim = [...next].filter(n => !near.has(n)).sort((a, b) => a.i - b.i);
    for (const n of rim) near.add(n);
  }
  return near;
}

// Bring the drawing in step with the view and the filters. Nothing ever moves: marks come and go in their places.
function refresh(refit = false) {
  const over = view.kind === "overview", changed = placeApart();
  const holds = over ? null : inView();
  const wantedMarks = over ? groups.map(superMark) : nodes.filter(n => n.shown && holds(n)).map(n => n.id);
  const wantedLines = over ? superLines() : edges.filter(e => e.shown && e.from.shown && e.to.shown && holds(e.from) && holds(e.to)).map(e => e.id);
  sync(marksData, wantedMarks, id => markOf(nodeOf(id)));
  if (changed.length && !over) marksData.update(changed.filter(isDrawn).map(n => ({ id: n.id, x: spotOf(n).x, y: spotOf(n).y })));
  if (!linesData.length) linesLook = thick.toFixed(1) + "/" + faint();
  sync(linesData, wantedLines, id => lineOf(edgeOf(id)));
  names = null;
  if (refit) fit();
  inOrder();
  net.redraw();
  renderCrumbs();
}
// What comes back lies where it lay: marks and lines are drawn in the order of their numbers.
function inOrder() {
  for (const list of [net.body.nodeIndices, net.body.edgeIndices]) list.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}
function sync(set, wanted, make) {
  const items = new Map(wanted.map(w => (typeof w === "string" ? [w, null] : [w.id, w]))), there = new Set(set.getIds());
  const gone = [...there].filter(id => !items.has(id));
  if (gone.length) set.remove(gone);
  const fresh = [...items].filter(([id]) => !there.has(id)).map(([id, item]) => item || make(id));
  if (fresh.length) set.add(fresh);
}
function repaint() {
  const marks = marksData.getIds(), lines = linesData.getIds();
  marksData.update(marks.map(id => (nodeOf(id) ? markOf(nodeOf(id)) : superMark(groups.find(g => g.id === id)))).map(({ x, y, ...m }) => m));
  linesData.update(lines.filter(id => edgeOf(id)).map(id => lineOf(edgeOf(id))));
  inOrder();
}
function superMark(g) {
  const p = paint(g.top[0] && g.merged < 2 ? g.top[0].type : "Other");
  return { id: g.id, x: g.x, y: g.y, size: g.size, shape: "dot", color: { background: p.fill, border: p.line }, borderWidth: 2, opacity: 0.4 };
}
function superLines() {
  const found = new Map();
  for (const e of edges) {
    if (!e.shown || e.from.community === e.to.community) continue;
    const [a, b] = [e.from.community, e.to.community].sort((p, q) => p - q);
    found.set(a + "-" + b, (found.get(a + "-" + b) || 0) + 1);
  }
  const colour = dark.matches ? "#55545a" : "#c9c4b6";
  return [...found].map(([key, count]) => {
    const [a, b] = key.split("-");
    return { id: "s" + key, from: "c" + a, to: "c" + b, width: Math.min(1 + Math.log2(count), 7), color: { color: colour }, arrows: "" };
  });
}

// What the reader looks at: marks and lines that stay clear while the rest fades.
function setFocus(found) {
  focus = found;
  names = null;
  redrawOver();
}

function drawGround(ctx) {
  inScreen(ctx, (w, h) => { ctx.fillStyle = ink("paper"); ctx.fillRect(0, 0, w, h); });
}
function inScreen(ctx, draw) {
  const canvas = ctx.canvas, ratio = canvas.width / Math.max(canvas.clientWidth, 1);
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  draw(canvas.clientWidth, canvas.clientHeight, ratio);
  ctx.restore();
}

// Drawing thousands of lines takes a while: what lies under a choice is kept as a picture until it changes.
let kept = null;
function keepGround(ctx) {
  if (marksData.length <= OVERVIEW) return;
  const { width, height } = ctx.canvas, { x, y } = net.getViewPosition();
  if (!kept || kept.ground.width !== width || kept.ground.height !== height) kept = { ground: el("canvas", { width, height }) };
  kept.ground.getContext("2d").drawImage(ctx.canvas, 0, 0);
  Object.assign(kept, { transform: ctx.getTransform(), scale: net.getScale(), x, y });
}
function redrawOver() {
  const { x, y } = net.getViewPosition();
  if (!kept || marksData.length <= OVERVIEW || kept.scale !== net.getScale() || kept.x !== x || kept.y !== y) return net.redraw();
  const ctx = $("canvas").querySelector("canvas").getContext("2d");
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.drawImage(kept.ground, 0, 0);
  ctx.setTransform(kept.transform);
  drawChoice(ctx);
  ctx.restore();
}
function drawOver(ctx) {
  // Where the drawing is, for whoever looks at the page from outside.
  const { x, y } = net.getViewPosition();
  $("canvas").dataset.view = [x, y, net.getScale()].join(" ");
  keepGround(ctx);
  drawChoice(ctx);
}
function drawChoice(ctx) {
  if (focus && view.kind !== "overview") {
    inScreen(ctx, (w, h) => { ctx.globalAlpha = 0.85; ctx.fillStyle = ink("paper"); ctx.fillRect(0, 0, w, h); });
    for (const e of focus.edges) {
      const body = net.body.edges[e.id];
      if (!body || !body.connected) continue;
      // A faint line drawn again and again is a clear one.
      for (let k = 0; k < (faint() < 1 && focus.edges.length < MANY ? 5 : 1); k++) body.draw(ctx);
      body.drawArrows(ctx);
    }
    for (const n of focus.nodes) if (net.body.nodes[n.id]) net.body.nodes[n.id].draw(ctx);
  }
  ring(ctx);
  drawNames(ctx);
}
// How far from its mark the ring around what is chosen stands, on screen: a square's corners are inside it.
const ringRoom = (n, scale) => (STYLE.types[n.type].shape === "square" ? 0.42 * n.size * scale : 0) + 4.5 * labelFactor;
function ring(ctx) {
  if (!focus) return;
  for (const n of focus.chosen || []) {
    const body = net.body.nodes[n.id];
    if (!body) continue;
    ctx.strokeStyle = ink("accent");
    ctx.lineWidth = (2.5 * labelFactor) / net.getScale();
    ctx.beginPath();
    ctx.arc(body.x, body.y, (n.type === "Value" ? 5 : n.size) + ringRoom(n, net.getScale()) / net.getScale(), 0, 2 * Math.PI);
    ctx.stroke();
  }
}

// What a newcomer can do, until the first choice.
let hinted = false;
function renderCrumbs() {
  const box = $("crumbs"), parts = [];
  if (nodes.length > OVERVIEW && view.kind !== "overview") parts.push(button("‹ " + t("overview"), () => openView("overview")));
  if (view.kind === "overview") parts.push(el("span", { text: t("overview") + " · " + t("members", { n: D.total[0] }) }), button(t("everything"), () => openView("all")));
  if (view.kind === "community") {
    const g = groups.find(each => each.number === view.community);
    parts.push(el("span", { text: g.name }));
    if (g.members.length > MOST_OPEN) parts.push(el("span", { text: t("shown", { n: MOST_OPEN, all: g.count }) }));
  }
  if (view.kind === "path") parts.push(el("span", { text: t("path") }));
  if (view.kind === "ego") {
    parts.push(el("span", { text: t(view.depth > 1 ? "ego2" : "ego") + t("colon") + view.node.label }));
    if (view.depth < 2) parts.push(button(t("ego2"), () => openEgo(view.node, 2)));
    if (view.capped) parts.push(el("span", { text: t("capped", { n: view.capped }) }));
    if (nodes.length <= OVERVIEW) parts.push(button(t("leaveEgo"), () => openView("all"), { "aria-keyshortcuts": "Escape" }));
  }
  if (pathFrom) parts.push(el("span", { text: t("pathPick") }));
  if (!nodes.length) parts.push(el("span", { text: t("empty") }));
  box.replaceChildren(...parts);
  $("hint").textContent = hinted || !nodes.length ? "" : t(view.kind === "overview" ? "hintOverview" : "hint");
}
function openView(kind, community = null) {
  Object.assign(view, { kind, community, node: null, capped: 0 });
  refresh(true);
  remember();
}
// A path through a crowd stands alone.
function openPath(chain) {
  Object.assign(view, { kind: "path", community: null, node: null, capped: 0, chain });
  refresh(true);
}
function openEgo(node, depth) {
  Object.assign(view, { kind: "ego", node, depth, capped: 0 });
  refresh(true);
  remember();
}
