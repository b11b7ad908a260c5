// In a large graph neighbours stand far and wide. Their neighbourhood is drawn anew: in rings around the one it is about,
// the most central inmost, each on the side where it is seen from there in the whole.
let apart = new Map(), apartFor = "";
const spotOf = n => apart.get(n) || n;
const RING = [175, 125], ON_RING = 130;
// Returns those whose place changes.
function placeApart() {
  const wanted = view.kind === "path" ? view.chain.map(n => n.id).join() : view.kind === "ego" && nodes.length > 120 ? view.node.id + "/" + view.depth : "";
  if (wanted === apartFor) return [];
  const before = apart;
  if (!wanted) apart = new Map();
  else apart = view.kind === "path" ? new Map(view.chain.map((n, k) => [n, { x: 240 * k, y: 110 * (k % 2) }])) : ringsAround(view.node, view.depth);
  apartFor = wanted;
  return unique([...before.keys(), ...apart.keys()]);
}
function ringsAround(node, depth) {
  const found = new Map([[node, { x: node.x, y: node.y }]]), side = n => Math.atan2(n.y - node.y, n.x - node.x);
  const left = [...neighbourhood(node, depth, () => true)].filter(n => n !== node);
  for (let ring = 1; left.length; ring++) {
    const around = left.splice(0, Math.max(Math.floor((Math.PI * (RING[0] + RING[1]) * ring) / ON_RING), 6)).sort((a, b) => side(a) - side(b) || a.i - b.i);
    const first = side(around[0]) + (ring % 2 ? 0 : Math.PI / around.length);
    around.forEach((n, k) => {
      const turn = first + (2 * Math.PI * k) / around.length;
      found.set(n, { x: Math.round(node.x + RING[0] * ring * Math.cos(turn)), y: Math.round(node.y + RING[1] * ring * Math.sin(turn)) });
    });
  }
  return found;
}
