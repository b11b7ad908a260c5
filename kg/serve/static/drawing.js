// A small graph as SVG: the same positions for the same edges, at rest from the first frame.

import { iriLink, plain, shorten, svg } from "./dom.js";

const WIDTH = 960;
const LEAST_HEIGHT = 480;
const ROOM = 17000; // square units for a node and its label
const ROUNDS = 260;
const MARGIN = 70;
const PULL = 2.4;

/** The picture of nodes and directed edges. */
export function drawGraph(nodes, edges, labels, kg) {
  const height = Math.max(LEAST_HEIGHT, Math.round((nodes.length * ROOM) / WIDTH));
  const places = arrange(nodes, edges, height);
  const arrow = svg("marker", { id: "arrow", viewBox: "0 0 10 10", refX: 20, refY: 5, markerWidth: 6, markerHeight: 6, orient: "auto" }, svg("path", { d: "M0 1 9 5 0 9z" }));
  const few = edges.length <= 80;
  const lines = edges.map((edge) => line(places.get(edge.from), places.get(edge.to), few && edge.label ? shorten(edge.label, kg) : ""));
  const dots = nodes.map((node) => dot(node, places.get(node), labels.get(node) ?? shorten(node, kg), kg));
  const title = svg("title", {}, kg.say("tab_graph"));
  return svg("svg", { viewBox: `0 0 ${WIDTH} ${height}`, class: "drawing", role: "img" }, title, svg("defs", {}, arrow), ...lines, ...dots);
}

function line(a, b, label) {
  const parts = [svg("line", { x1: a.x, y1: a.y, x2: b.x, y2: b.y, "marker-end": "url(#arrow)" })];
  if (label) parts.push(svg("text", { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 - 3, class: "edge" }, plain(label)));
  return svg("g", { class: "link" }, ...parts);
}

function dot(node, at, label, kg) {
  const address = iriLink(node, kg).getAttribute("href");
  const short = label.length > 26 ? label.slice(0, 25) + "…" : label;
  const group = svg("g", { class: "node", transform: `translate(${at.x} ${at.y})` }, svg("title", {}, plain(label)), svg("circle", { r: 8 }), svg("text", { y: 22 }, plain(short)));
  return address ? svg("a", { href: address }, group) : group;
}

function arrange(nodes, edges, height) {
  const points = new Map(nodes.map((node, index) => [node, spiral(index)]));
  const ideal = Math.sqrt((WIDTH * height) / Math.max(nodes.length, 1)) * 0.75;
  for (let round = 0; round < ROUNDS; round++) {
    const heat = 40 * (1 - round / ROUNDS);
    step(nodes, edges, points, ideal, heat, height / WIDTH);
  }
  return fitted(points, height);
}

// The golden angle: no two start at one place, and it is the same for everybody.
function spiral(index) {
  const angle = index * 2.399963;
  const radius = 18 * Math.sqrt(index + 0.5);
  return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
}

function step(nodes, edges, points, ideal, heat, tall) {
  const moves = new Map(nodes.map((node) => [node, { x: 0, y: 0 }]));
  nodes.forEach((a, index) => {
    for (const b of nodes.slice(index + 1)) push(points.get(a), points.get(b), moves.get(a), moves.get(b), (d) => (ideal * ideal) / d);
  });
  for (const { from, to } of edges) {
    if (from !== to) push(points.get(from), points.get(to), moves.get(from), moves.get(to), (d) => -(d * d) / ideal);
  }
  for (const node of nodes) {
    const [at, move] = [points.get(node), moves.get(node)];
    // A little gravity, so that parts that nothing joins stay in sight.
    move.x -= at.x * PULL;
    move.y -= (at.y * PULL) / tall;
    const length = Math.hypot(move.x, move.y) || 1;
    at.x += (move.x / length) * Math.min(length, heat);
    at.y += (move.y / length) * Math.min(length, heat);
  }
}

function push(a, b, moveA, moveB, force) {
  const [dx, dy] = [a.x - b.x, a.y - b.y];
  const distance = Math.max(Math.hypot(dx, dy), 0.5);
  const strength = force(distance) / distance;
  moveA.x += dx * strength;
  moveA.y += dy * strength;
  moveB.x -= dx * strength;
  moveB.y -= dy * strength;
}

function fitted(points, height) {
  const [xs, ys] = ["x", "y"].map((axis) => [...points.values()].map((point) => point[axis]));
  const scale = (list, size) => {
    const [low, high] = [Math.min(...list), Math.max(...list)];
    return (value) => Math.round(high === low ? size / 2 : MARGIN + ((value - low) / (high - low)) * (size - 2 * MARGIN));
  };
  const [toX, toY] = [scale(xs, WIDTH), scale(ys, height)];
  return new Map([...points].map(([node, { x, y }]) => [node, { x: toX(x), y: toY(y) }]));
}
