// Names, at a size that can be read at any zoom, the most central first; two never cover each other.
let names = null, fitted = 1, labelFactor = 1, labelSpots = [];
const FONT = '"Noto Sans", system-ui, "Liberation Sans", Arial, sans-serif';
function drawNames(ctx) {
  const scale = net.getScale(), centre = net.getViewPosition();
  labelSpots = [];
  inScreen(ctx, (w, h) => {
    const k = labelFactor, taken = boxes(150 * k), at = (x, y) => [(x - centre.x) * scale + w / 2, (y - centre.y) * scale + h / 2];
    const size = k * Math.min(11.5 * Math.max(1, scale / k / fitted) ** 0.4, 17);
    const pen = { ctx, taken, k, w, h, spot: at, size, text: ink("ink"), halo: ink("paper"), soft: ink("soft"), wash: ink("wash"), rule: ink("rule") };
    if (k === 1) for (const id of ["crumbs", "zoom", "hint"]) reserve(taken, $(id));
    const here = [];
    for (const item of candidates()) {
      const body = net.body.nodes[item.id];
      if (!body) continue;
      const [x, y] = at(body.x, body.y), r = item.size * scale + (item.first ? ringRoom(item.node, scale) : 0);
      if (x < -80 * k || y < -40 * k || x > w + 80 * k || y > h + 40 * k) continue;
      taken.push([x - r * 0.9, y - r * 0.9, x + r * 0.9, y + r * 0.9, item.id, true]);
      here.push([item, x, y, r]);
    }
    pen.strokes = strokesOf(k, at);
    pen.homes = boxes(150 * k);
    if (here.length <= CROWD) for (const [item, x, y, r] of here) pen.homes.push(placesOf(pen, item, x, y, r)[0][1]);
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
    for (const place of unnamed) if (place[0].hub) writeName({ ...pen, crowd: true }, ...place);
    if (!pen.crowd) for (const [item, x, y, r] of unnamed) {
      const text = item.rows.join(" ");
      if (item.group) [[item.rows[0], item.rows[item.rows.length - 1]], [item.rows[0]]].some(rows => writeName(pen, { ...item, rows }, x, y, r));
      else if (!item.hub && text.length > 13) [wrap(text, 13, 4), [text.slice(0, 12).trim() + "…"]].some(rows => writeName(pen, { ...item, rows }, x, y, r));
    }
    // The same word on each of many lines is a texture, not a text.
    if (focus ? focus.edges.length < MANY : scale / k > 0.6 * fitted) for (const e of wordedLines()) writeRelation(pen, e, at);
  });
}
// The buttons over the drawing: no name is written under them.
function reserve(taken, element) {
  if (!element.offsetWidth) return;
  const { offsetLeft: x, offsetTop: y, offsetWidth: wide, offsetHeight: high } = element;
  taken.push([x - 4, y - 4, x + wide + 4, y + high + 4, element.id]);
}
// Where lines run, as points a few pixels apart: a name stands rather where there are none.
function strokesOf(k, at) {
  const points = boxes(60 * k);
  for (const e of wordedLines()) {
    const body = net.body.edges[e.id];
    if (!body || !body.connected || e.from === e.to) continue;
    const a = at(body.from.x, body.from.y), b = at(body.to.x, body.to.y), steps = Math.min(Math.ceil(Math.hypot(a[0] - b[0], a[1] - b[1]) / (9 * k)), 60);
    for (let i = 1; i < steps; i++) { const p = body.edgeType.getPoint(i / steps), [x, y] = at(p.x, p.y); points.push([x, y, x, y, e.id]); }
  }
  return points;
}
function candidates() {
  if (names) return names;
  if (view.kind === "overview") return (names = groups.map(g => ({ id: g.id, size: g.size, rows: [...(g.merged > 1 ? [g.name] : g.top.map(n => wrap(n.label, 19, 1)[0])), t("members", { n: g.count })], group: true })));
  const heads = new Set(groups.filter(g => g.members.length > 7 && g.top[0]).map(g => g.top[0]));
  const clear = focus && new Set(focus.nodes), chosen = new Set((focus && focus.chosen) || []);
  const shown = nodes.filter(n => isDrawn(n) && (!clear || clear.has(n)));
  // Seen from afar, each group is named after its most central entity.
  const crowd = shown.length > CROWD;
  names = shown.map(n => ({ id: n.id, node: n, size: n.type === "Value" ? 5 : n.size, rows: rowsOf(n), box: n.type === "Value", strong: chosen.has(n) || (n.i < 5 && n.edges.length > 2) || (crowd && heads.has(n)), first: chosen.has(n), hub: n.edges.length > 4, lead: n.i === 0 || (n.i < 5 && n.edges.length > 6) }));
  names.sort((a, b) => Number(b.first) - Number(a.first) || (crowd ? Number(b.strong) - Number(a.strong) : 0));
  return names;
}
const rowsOf = n => (n.type === "Value" ? wrap(n.raw === "Statement" ? quoted(n.label) : n.label, 26) : wrap(n.label));
// Boxes that are taken, by the squares of a grid that they touch.
function boxes(side) {
  const squares = new Map();
  const touched = function* (b) {
    for (let x = Math.floor(b[0] / side); x <= b[2] / side; x++) for (let y = Math.floor(b[1] / side); y <= b[3] / side; y++) yield x * 65536 + y;
  };
  return {
    count(b, own) { const met = new Set(); for (const key of touched(b)) for (const o of squares.get(key) || []) if (o[4] !== own && o[2] >= b[0] && o[0] <= b[2] && o[3] >= b[1] && o[1] <= b[3]) met.add(o); return met.size; },
    push(b) { for (const key of touched(b)) squares.has(key) ? squares.get(key).push(b) : squares.set(key, [b]); },
    some(b, test) { for (const key of touched(b)) if ((squares.get(key) || []).some(test)) return true; return false; }
  };
}
const meets = (taken, box, own, marksToo = true) => taken.some(box, o => o[4] !== own && (marksToo || !o[5]) && box[2] > o[0] && box[0] < o[2] && box[3] > o[1] && box[1] < o[3]);
function sizeOf(pen, item) {
  const size = pen.size * (item.lead ? 1.22 : item.strong ? 1.08 : item.box ? 0.95 : 1);
  pen.ctx.font = (item.strong || item.first || item.id === hovered ? "600 " : "") + size + "px " + FONT;
  return size;
}
// Where a name may stand, best first: [middle, top] with the box it takes. Under the mark, or else over it, to its
// right, to its left; a value's words stand in its place, a group's in its disc if that is large.
function placesOf(pen, item, x, y, r) {
  const size = sizeOf(pen, item), wide = Math.max(...item.rows.map(row => pen.ctx.measureText(row).width)), high = item.rows.length * size * 1.18, pad = item.box ? 4 : 1, gap = size * 0.3;
  const middle = [x, y - high / 2], under = [x, y + r + gap], over = [x, y - r - gap - high], right = [x + r + gap + wide / 2, y - high / 2], left = [x - r - gap - wide / 2, y - high / 2];
  const spots = item.group ? (r > 40 * pen.k ? [middle] : [under, over]) : item.box ? [middle, right, left, under, over] : [under, over, right, left];
  return spots.map(([cx, top]) => [[cx, top], [cx - wide / 2 - pad, top - pad, cx + wide / 2 + pad, top + high + pad, item.id]]);
}
function writeName(pen, item, x, y, r) {
  const { ctx, taken } = pen, hot = item.id === hovered || item.first, places = placesOf(pen, item, x, y, r), size = sizeOf(pen, item), line = size * 1.18;
  const free = ([, b]) => !meets(taken, b, item.id, !pen.crowd) && b[0] > 0 && b[2] < pen.w && b[1] > 0 && b[3] < pen.h;
  // A value stands in its place if it can; a hub may cover marks, what is looked at whatever is there.
  const clear = ([, b]) => !meets(taken, b, item.id, false), tips = item.box && free(places[0]) ? tipsOf(pen, item.node, places[0][1]) : null;
  const place = tips ? places[0] : quietest(pen, places.filter(free)) || (hot ? places[0] : item.strong && !pen.crowd ? places.find(clear) : null);
  if (!place) return false;
  const [[cx, top], box] = place;
  taken.push(box);
  if (item.node) labelSpots.push([box, item.node]);
  if (item.box) { ctx.fillStyle = pen.wash; ctx.strokeStyle = pen.rule; ctx.lineWidth = 1; ctx.setLineDash(item.node.raw === "Statement" ? [3, 2] : []); ctx.beginPath(); ctx.rect(box[0], box[1], box[2] - box[0], box[3] - box[1]); ctx.fill(); ctx.stroke(); ctx.setLineDash([]); }
  if (tips) for (const tip of tips) writeTip(pen, ...tip);
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  item.rows.forEach((row, i) => outlined(ctx, row, cx, top + i * line + size * 0.1, pen.text, item.box ? pen.wash : pen.halo, size));
  return true;
}
// A value's words lie over the end of its line: the tip stands at their border. Null where they would hide the line.
function tipsOf(pen, node, box) {
  const tips = [], inside = ([x, y]) => x > box[0] && x < box[2] && y > box[1] && y < box[3];
  for (const e of node.edges) {
    const body = net.body.edges[e.id];
    if (!body || !body.connected || (focus && !focus.edges.includes(e))) continue;
    // From the end that lies under the words outwards.
    const way = share => { const p = body.edgeType.getPoint(e.to === node ? 1 - share : share); return pen.spot(p.x, p.y); }, [farX, farY] = way(1);
    let share = 0;
    while (share < 1 && inside(way(share))) share += 0.01;
    const [x, y] = way(share), [beforeX, beforeY] = way(share + 0.02);
    if (Math.hypot(x - farX, y - farY) < 18 * pen.k) return null;
    if (share && e.to === node) tips.push([e, x, y, Math.atan2(y - beforeY, x - beforeX)]);
  }
  return tips;
}
function writeTip({ ctx, k }, e, x, y, turn) {
  const l = lookOf(e.look), type = e.negated ? "bar" : l.arrow, long = 7 * k;
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(turn);
  ctx.strokeStyle = ctx.fillStyle = dark.matches ? l.dark : l.light;
  ctx.lineWidth = 1.6 * k;
  ctx.beginPath();
  if (type === "bar") { ctx.moveTo(-1, -long * 0.7); ctx.lineTo(-1, long * 0.7); } else { ctx.moveTo(-long, -long * 0.42); ctx.lineTo(0, 0); ctx.lineTo(-long, long * 0.42); }
  type === "bar" || type === "vee" ? ctx.stroke() : ctx.fill();
  ctx.restore();
}
// Of the places that are free, the one with the least lines under it that is no other name's first place.
function quietest(pen, places) {
  let best = null, least = Infinity;
  places.forEach((place, k) => { const met = 0.6 * k + pen.strokes.count(place[1]) + 3 * pen.homes.count(place[1], place[1][4]); if (met < least) [best, least] = [place, met]; });
  return best;
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
    const box = [x - wide / 2 - 3, y - size * 0.55, x + wide / 2 + 3, y + size * 0.55, e.id];
    if (box[0] < 0 || box[2] > pen.w || meets(taken, box, null)) continue;
    taken.push(box);
    labelSpots.push([box, e]);
    ctx.fillStyle = pen.halo;
    ctx.fillRect(x - wide / 2 - 2, y - size * 0.45, wide + 4, size * 0.95);
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
