// The drawing. vis-network draws marks and lines where Python placed them and tells what was touched;
// names are drawn here, by rank, only where they do not cover each other.
const ALL_LABELS = 100, CROWD = 160, OVERVIEW = 800, MOST_OPEN = 300, MOST_EGO = 150, FIRST_LABELS = 60;
const view = { kind: nodes.length > OVERVIEW ? "overview" : "all", community: null, node: null, depth: 1, capped: 0 };
let net = null, marksData = null, linesData = null;
let focus = null;
const groups = communities();

function communities() {
  const found = new Map();
  for (const n of nodes) {
    if (!found.has(n.community)) found.set(n.community, []);
    found.get(n.community).push(n);
  }
  return [...found.entries()].map(([number, members]) => {
    const top = members.slice().sort((a, b) => a.i - b.i).filter(n => n.type !== "Value").slice(0, 3);
    const x = members.reduce((s, n) => s + n.x, 0) / members.length, y = members.reduce((s, n) => s + n.y, 0) / members.length;
    const count = D.communities[number] || members.length;
    return { number, id: "c" + number, members, x, y, count, top, name: top.map(n => n.label).join(", ") || "…", size: 12 + 18 * Math.sqrt(members.length) };
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
  const mark = { id: n.id, x: n.x, y: n.y, size: shape === "box" ? 5 : n.size, shape: shape === "ring" ? "dot" : shape === "box" ? "square" : shape, color: { background: p.fill, border: p.line }, borderWidth: shape === "ring" ? 4 : 1.6 };
  return mark;
}

// Many lines together are a texture; each alone is read on selection.
const faint = () => (nodes.length > OVERVIEW ? 0.3 : nodes.length > CROWD ? 0.55 : 1);
function lineOf(e) {
  const l = lookOf(e.look), type = e.negated ? "bar" : l.arrow;
  const line = {
    id: e.id, from: e.from.id, to: e.to.id, color: { color: dark.matches ? l.dark : l.light, opacity: faint() },
    width: Math.min(l.width + 0.3 + 0.5 * (e.links.length - 1), 4), dashes: l.dash.length ? l.dash : false
  };
  if (nodes.length <= OVERVIEW) line.arrows = { to: { enabled: true, type, scaleFactor: type === "circle" ? 0.35 : 0.62 } };
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
  net.on("beforeDrawing", drawGround);
  net.on("afterDrawing", drawOver);
  net.on("click", touched);
  net.on("doubleClick", p => { if (p.nodes.length && nodeOf(p.nodes[0])) openEgo(nodeOf(p.nodes[0]), 1); });
  net.on("hoverNode", p => { hovered = p.node; $("canvas").style.cursor = "pointer"; redrawOver(); });
  net.on("blurNode", () => { hovered = null; $("canvas").style.cursor = ""; redrawOver(); });
  net.on("hoverEdge", () => { $("canvas").style.cursor = "pointer"; });
  net.on("blurEdge", () => { $("canvas").style.cursor = ""; });
  const canvas = $("canvas").querySelector("canvas");
  canvas.setAttribute("role", "img");
  dark.addEventListener("change", () => { repaint(); renderAll(); });
  $("zoomin").addEventListener("click", () => zoom(1.4));
  $("zoomout").addEventListener("click", () => zoom(1 / 1.4));
  $("fit").addEventListener("click", fit);
}
let hovered = null;
const isDrawn = n => n.id in net.body.nodes, isLined = e => e.id in net.body.edges;
const nodeOf = id => (id[0] === "n" ? nodes[+id.slice(1)] : null);
const edgeOf = id => (id[0] === "e" ? edges[+id.slice(1)] : null);

function zoom(factor) {
  net.moveTo({ scale: net.getScale() * factor, animation: gently() });
}
const gently = () => (still.matches || nodes.length > OVERVIEW ? false : { duration: 220, easingFunction: "easeInOutQuad" });
function fit() {
  const shown = view.kind === "overview" ? groups : nodes.filter(isDrawn);
  fitted = shown.length ? scaleFor(shown, 1.3) : 1;
  if (shown.length) net.moveTo({ position: centreOf(shown), scale: fitted, animation: false });
}

// Which marks and lines the present view holds: all, the overview, one community, or a neighbourhood.
function inView() {
  if (view.kind === "community") {
    const members = new Set(groups.find(g => g.number === view.community).members.slice(0, MOST_OPEN));
    return n => members.has(n);
  }
  if (view.kind === "ego") {
    const near = neighbourhood(view.node, view.depth);
    view.capped = Math.max(near.size - MOST_EGO, 0);
    const kept = new Set([...near].slice(0, MOST_EGO));
    return n => kept.has(n);
  }
  return () => true;
}
function neighbourhood(node, depth) {
  let rim = [node];
  const near = new Set(rim);
  for (let d = 0; d < depth; d++) {
    const next = new Set();
    for (const n of rim) for (const e of n.edges) if (e.shown) next.add(e.from === n ? e.to : e.from);
    rim = [...next].filter(n => !near.has(n)).sort((a, b) => a.i - b.i);
    for (const n of rim) near.add(n);
  }
  return near;
}

// Bring the drawing in step with the view and the filters. Nothing ever moves: marks come and go in their places.
function refresh(refit = false) {
  const over = view.kind === "overview";
  const holds = over ? null : inView();
  const wantedMarks = over ? groups.map(superMark) : nodes.filter(n => n.shown && holds(n)).map(n => n.id);
  const wantedLines = over ? superLines() : edges.filter(e => e.shown && e.from.shown && e.to.shown && holds(e.from) && holds(e.to)).map(e => e.id);
  sync(marksData, wantedMarks, id => markOf(nodeOf(id)));
  sync(linesData, wantedLines, id => lineOf(edgeOf(id)));
  names = null;
  if (refit) fit();
  net.redraw();
  renderCrumbs();
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
}
function superMark(g) {
  const p = paint(g.top[0] ? g.top[0].type : "Other");
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
      for (let k = 0; k < (faint() < 1 ? 5 : 1); k++) body.draw(ctx);
      body.drawArrows(ctx);
    }
    for (const n of focus.nodes) if (net.body.nodes[n.id]) net.body.nodes[n.id].draw(ctx);
  }
  ring(ctx);
  drawNames(ctx);
}
function ring(ctx) {
  if (!focus) return;
  for (const n of focus.chosen || []) {
    const body = net.body.nodes[n.id];
    if (!body) continue;
    ctx.strokeStyle = ink("accent");
    ctx.lineWidth = 3;
    ctx.beginPath();
    ctx.arc(body.x, body.y, (n.type === "Value" ? 5 : n.size) + 6, 0, 2 * Math.PI);
    ctx.stroke();
  }
}

// Names, at a size that can be read at any zoom, the most central first; two never cover each other.
let names = null, fitted = 1, labelFactor = 1, labelSpots = [];
const FONT = '"Noto Sans", system-ui, "Liberation Sans", Arial, sans-serif';
function drawNames(ctx) {
  const scale = net.getScale(), centre = net.getViewPosition();
  labelSpots = [];
  inScreen(ctx, (w, h) => {
    const k = labelFactor, taken = boxes(150 * k), at = (x, y) => [(x - centre.x) * scale + w / 2, (y - centre.y) * scale + h / 2];
    const pen = { ctx, taken, k, w, h, size: k * Math.max(11.5, Math.min((13.5 * scale) / k, 17)), text: ink("ink"), halo: ink("paper"), soft: ink("soft"), wash: ink("wash"), rule: ink("soft") };
    const here = [];
    for (const item of candidates()) {
      const body = net.body.nodes[item.id];
      if (!body) continue;
      const [x, y] = at(body.x, body.y), r = item.size * scale;
      if (x < -80 * k || y < -40 * k || x > w + 80 * k || y > h + 40 * k) continue;
      if (!item.group) taken.push([x - r * 0.9, y - r * 0.9, x + r * 0.9, y + r * 0.9, item.id, true]);
      here.push([item, x, y, r]);
    }
    // What is chosen is named first.
    if (focus && view.kind !== "overview") for (const [item, x, y, r] of here) if (item.first) writeName(pen, item, x, y, r);
    // In a crowd only the most central are named, and more of them the nearer one looks.
    pen.crowd = !focus && here.length > CROWD;
    pen.left = pen.crowd ? Math.round(FIRST_LABELS * Math.max(1, (scale / k / fitted) ** 2)) : Infinity;
    const unnamed = [];
    for (const place of here) {
      if (pen.left <= 0 || (focus && place[0].first)) continue;
      writeName(pen, ...place) ? pen.left-- : unnamed.push(place);
    }
    // Where there is no room for a whole name, it is written narrower; its beginning is better than nothing.
    // Hubs may write over the marks around them.
    for (const place of unnamed) if (place[0].size > 16) writeName({ ...pen, crowd: true }, ...place);
    if (!pen.crowd) for (const [item, x, y, r] of unnamed) {
      const text = item.rows.join(" ");
      if (item.size <= 16 && text.length > 13) [wrap(text, 13, 4), [text.slice(0, 12).trim() + "…"]].some(rows => writeName(pen, { ...item, rows }, x, y, r));
    }
    if (focus || scale / k > 0.25) for (const e of wordedLines()) writeRelation(pen, e, at);
  });
}
function candidates() {
  if (names) return names;
  if (view.kind === "overview") return (names = groups.map(g => ({ id: g.id, size: g.size, rows: [...g.top.map(n => wrap(n.label, 24, 1)[0]), t("members", { n: g.count })], group: true })));
  const heads = new Set(groups.filter(g => g.members.length > 7 && g.top[0]).map(g => g.top[0]));
  const clear = focus && new Set(focus.nodes), chosen = new Set((focus && focus.chosen) || []);
  const shown = nodes.filter(n => isDrawn(n) && (!clear || clear.has(n)));
  // Seen from afar, each group is named after its most central entity.
  const crowd = shown.length > CROWD;
  names = shown.map(n => ({ id: n.id, node: n, size: n.type === "Value" ? 5 : n.size, rows: rowsOf(n), box: n.type === "Value", strong: chosen.has(n) || n.i < 5 || (crowd && heads.has(n)), first: chosen.has(n) }));
  names.sort((a, b) => Number(b.first) - Number(a.first) || (crowd ? Number(b.strong) - Number(a.strong) : 0));
  return names;
}
const rowsOf = n => (n.type === "Value" ? wrap(n.raw === "Statement" ? "« " + n.label + " »" : n.label, 26) : wrap(n.label));
// Boxes that are taken, by the squares of a grid that they touch.
function boxes(side) {
  const squares = new Map();
  const touched = function* (b) {
    for (let x = Math.floor(b[0] / side); x <= b[2] / side; x++) for (let y = Math.floor(b[1] / side); y <= b[3] / side; y++) yield x * 65536 + y;
  };
  return {
    push(b) { for (const key of touched(b)) squares.has(key) ? squares.get(key).push(b) : squares.set(key, [b]); },
    some(b, test) { for (const key of touched(b)) if ((squares.get(key) || []).some(test)) return true; return false; }
  };
}
const meets = (taken, box, own, marksToo = true) => taken.some(box, o => o[4] !== own && (marksToo || !o[5]) && box[2] > o[0] && box[0] < o[2] && box[3] > o[1] && box[1] < o[3]);
function writeName(pen, item, x, y, r) {
  const { ctx, taken } = pen, hot = item.id === hovered || item.first, size = pen.size * (item.strong ? 1.06 : item.box ? 0.95 : 1);
  ctx.font = (item.strong || hot ? "600 " : "") + size + "px " + FONT;
  const wide = Math.max(...item.rows.map(row => ctx.measureText(row).width)), line = size * 1.18, high = item.rows.length * line;
  const pad = item.box ? 4 : 1, gap = size * 0.3;
  // Under the mark, or else over it, to its right, to its left; a value's words stand in its place.
  const under = [x, y + r + gap], over = [x, y - r - gap - high], right = [x + r + gap + wide / 2, y - high / 2], left = [x - r - gap - wide / 2, y - high / 2];
  const spots = item.group ? [[x, y - high / 2], under, over] : item.box ? [[x, y - high / 2], right, left, under, over] : [under, over, right, left];
  const free = b => !meets(taken, b, item.id, !pen.crowd) && b[0] > 0 && b[2] < pen.w && b[1] > 0 && b[3] < pen.h;
  const boxAt = ([cx, cy]) => [cx - wide / 2 - pad, cy - pad, cx + wide / 2 + pad, cy + high + pad, item.id];
  const spot = spots.find(s => free(boxAt(s))) || (hot || (item.strong && !pen.crowd) ? spots[0] : null);
  if (!spot) return false;
  const [cx, top] = spot, box = boxAt(spot);
  taken.push(box);
  if (item.node) labelSpots.push([box, item.node]);
  if (item.box) { ctx.fillStyle = pen.wash; ctx.strokeStyle = pen.rule; ctx.lineWidth = 1; ctx.setLineDash(item.node.raw === "Statement" ? [3, 2] : []); ctx.beginPath(); ctx.rect(box[0], box[1], box[2] - box[0], box[3] - box[1]); ctx.fill(); ctx.stroke(); ctx.setLineDash([]); }
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  item.rows.forEach((row, i) => outlined(ctx, row, cx, top + i * line + size * 0.1, pen.text, item.box ? pen.wash : pen.halo, size));
  return true;
}
function outlined(ctx, text, x, y, colour, halo, size) {
  ctx.lineJoin = "round";
  ctx.lineWidth = size * 0.32;
  ctx.strokeStyle = halo;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}
function wordedLines() {
  if (view.kind === "overview") return [];
  if (focus) return focus.edges.filter(isLined);
  return marksData.length <= ALL_LABELS ? edges.filter(isLined) : [];
}
function writeRelation(pen, e, at) {
  const { ctx, taken, k } = pen, body = net.body.edges[e.id];
  if (!body || !body.connected || e.from === e.to) return;
  const text = wordsOf(e);
  if (!text) return;
  const size = pen.size * 0.88, l = lookOf(e.look);
  ctx.font = "italic " + size + "px " + FONT;
  const wide = ctx.measureText(text).width;
  const a = at(body.from.x, body.from.y), b = at(body.to.x, body.to.y);
  if (!focus && Math.hypot(a[0] - b[0], a[1] - b[1]) < wide * 0.55) return;
  // In the middle, or else a little before or after it.
  for (const place of [0.5, 0.4, 0.6, 0.32, 0.68]) {
    const p = body.edgeType.getPoint(place), [x, y] = at(p.x, p.y);
    const box = [x - wide / 2, y - size * 0.55, x + wide / 2, y + size * 0.55, e.id];
    if (meets(taken, box, null)) continue;
    taken.push(box);
    labelSpots.push([box, e]);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    outlined(ctx, text, x, y, e.look ? (dark.matches ? l.dark : l.light) : pen.soft, pen.halo, size);
    return;
  }
}
// The words on a line: the relation, who says it, what it is not yet; how many more there are.
function wordsOf(e) {
  const visible = e.links.filter(l => l.statement.shown);
  const first = visible[0];
  if (!first) return "";
  if (e.to.raw === "Fact") return "";
  let text = wordOf(first);
  if (text.length > 34) text = text.slice(0, 33) + "…";
  return visible.length > 1 ? text + " +" + (visible.length - 1) : text;
}
function wordOf(l) {
  const s = l.statement, relation = (s.negated ? "✗ " : "") + s.predicate.label;
  if (l.kind === "s") return l.word;
  if (l.kind === "q") return relation + " · " + t("roles." + l.word);
  const by = s.status === "attributed" && s.sources[0] ? " · " + t("according", { who: s.sources[0].label }) : "";
  return relation + by;
}

function renderCrumbs() {
  const box = $("crumbs"), parts = [];
  if (nodes.length > OVERVIEW && view.kind !== "overview") parts.push(button("‹ " + t("overview"), () => openView("overview")));
  if (view.kind === "overview") parts.push(el("span", { text: t("overview") + " · " + t("members", { n: D.total[0] }) }), button(t("everything"), () => openView("all")));
  if (view.kind === "community") parts.push(el("span", { text: groups.find(g => g.number === view.community).name }));
  if (view.kind === "ego") {
    parts.push(el("span", { text: t(view.depth > 1 ? "ego2" : "ego") + t("colon") + view.node.label }));
    if (view.depth < 2) parts.push(button(t("ego2"), () => openEgo(view.node, 2)));
    if (view.capped) parts.push(el("span", { text: t("capped", { n: view.capped }) }));
    parts.push(button(t("leaveEgo"), () => openView(nodes.length > OVERVIEW ? "overview" : "all"), { "aria-keyshortcuts": "Escape" }));
  }
  if (pathFrom) parts.push(el("span", { text: t("pathPick") }));
  box.replaceChildren(...parts);
}
function openView(kind, community = null) {
  Object.assign(view, { kind, community, node: null, capped: 0 });
  refresh(true);
  remember();
}
function openEgo(node, depth) {
  Object.assign(view, { kind: "ego", node, depth, capped: 0 });
  refresh(true);
  remember();
}
