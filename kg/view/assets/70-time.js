// The timeline: bars by day, month or year; a brush, and two sliders that do the same from the keyboard.
const DAY = 864e5;
const utc = iso => Date.UTC(+iso.slice(0, 4), (+iso.slice(5, 7) || 1) - 1, +iso.slice(8, 10) || 1);
const isoDay = time => new Date(time).toISOString().slice(0, 10);
function datesOf(s) {
  if (off.clock === "event") return s.when ? [utc(s.when[0]), utc(s.when[1])] : null;
  const dates = s.evidence.map(e => e.doc.date).filter(Boolean).map(utc);
  return dates.length ? [Math.min(...dates), Math.max(...dates)] : null;
}
function inTime(s) {
  if (off.from === null && !off.undated) return true;
  const d = datesOf(s);
  if (!d) return !off.undated;
  return off.from === null || (d[1] >= off.from && d[0] <= off.to);
}
let scaleOfTime = null;
function timeScale() {
  const all = statements.map(datesOf).filter(Boolean);
  if (!all.length) return null;
  const first = Math.min(...all.map(d => d[0])), last = Math.max(...all.map(d => d[1])), days = (last - first) / DAY;
  const unit = days <= 60 ? "day" : days <= 365 * 6 ? "month" : "year";
  const starts = [];
  let at = new Date(first);
  at = Date.UTC(at.getUTCFullYear(), unit === "year" ? 0 : at.getUTCMonth(), unit === "day" ? at.getUTCDate() : 1);
  while (at <= last && starts.length < 400) {
    starts.push(at);
    const d = new Date(at);
    at = unit === "day" ? at + DAY : unit === "month" ? Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + 1, 1) : Date.UTC(d.getUTCFullYear() + 1, 0, 1);
  }
  return { unit, starts, stops: [...starts.slice(1), at].map(x => x - DAY) };
}
function labelOfTime(time, unit) {
  const options = { timeZone: "UTC", year: "numeric", ...(unit === "year" ? {} : { month: "short" }), ...(unit === "day" ? { day: "numeric" } : {}) };
  return new Date(time).toLocaleDateString(lang, options);
}
function renderTime() {
  const box = $("time"), held = document.activeElement && document.activeElement.id;
  const hasAny = statements.some(s => s.when) || docs.some(d => d.date);
  box.hidden = !hasAny;
  if (!hasAny) return;
  scaleOfTime = timeScale();
  const clock = el("select", { id: "clock", "aria-label": t("clock"), on: { change: () => { off.clock = clock.value; off.from = off.to = null; changeFilters(); } } },
    el("option", { value: "event", text: t("byEvent") }), el("option", { value: "publication", text: t("byPublication") }));
  clock.value = off.clock;
  const undated = el("input", { type: "checkbox", id: "undated" });
  undated.checked = !off.undated;
  undated.addEventListener("change", () => { off.undated = !undated.checked; changeFilters(); });
  const without = statements.filter(s => !datesOf(s)).length;
  const boxed = el("label", {}, undated, t("undated") + " (" + number(without) + ")");
  const left = el("div", {}, el("h2", { text: t("timeline") }), clock);
  if (!scaleOfTime) { box.replaceChildren(left, el("p", { cls: "quiet", text: t("noDates") }), el("div", { cls: "ends" }, boxed)); return; }
  box.replaceChildren(left, strip(), el("div", { cls: "ends" }, slider("from"), slider("to"), boxed, off.from === null ? "" : button(t("timeReset"), () => setTime(null, null), { id: "timereset" })));
  if (held && $(held) && box.contains($(held))) $(held).focus();
}
function strip() {
  const { unit, starts, stops } = scaleOfTime, n = starts.length, wide = 1000, w = wide / n;
  const counts = starts.map((a, k) => statements.filter(s => { const d = datesOf(s); return d && d[1] >= a && d[0] <= stops[k]; }).length);
  const top = Math.max(...counts, 1), within = k => off.from === null || (stops[k] >= off.from && starts[k] <= off.to);
  const picture = svg("svg", { class: off.from === null ? "" : "cut", viewBox: "0 0 1000 46", preserveAspectRatio: "none", role: "img", "aria-label": t("timeline") + t("colon") + labelOfTime(starts[0], unit) + " – " + labelOfTime(stops[n - 1], unit) });
  const thin = Math.max(Math.min(w * 0.8, 60), 2);
  counts.forEach((c, k) => {
    if (!c) return;
    const bar = svg("rect", { class: within(k) ? "bar in" : "bar", x: ((k + 0.5) * w - thin / 2).toFixed(1), width: thin.toFixed(1), y: (40 - (36 * c) / top).toFixed(1), height: ((36 * c) / top + 2).toFixed(1) });
    bar.append(svg("title", {}, t("bar", { label: labelOfTime(starts[k], unit), n: c })));
    picture.append(bar);
  });
  picture.append(svg("rect", { x: 0, y: 42, width: wide, height: 1, fill: "currentColor" }));
  if (off.from !== null) {
    const a = starts.findIndex((_, k) => within(k)), b = n - 1 - [...starts.keys()].reverse().findIndex(within);
    if (a >= 0) picture.append(svg("rect", { class: "window", x: a * w, y: 1, width: (b - a + 1) * w, height: 44 }));
  }
  const at = ev => { const r = picture.getBoundingClientRect(); return Math.min(Math.max(Math.floor(((ev.clientX - r.left) / r.width) * n), 0), n - 1); };
  picture.addEventListener("pointerdown", ev => {
    const first = at(ev);
    picture.setPointerCapture(ev.pointerId);
    picture.addEventListener("pointerup", up => { const last = at(up); setTime(starts[Math.min(first, last)], stops[Math.max(first, last)]); }, { once: true });
  });
  return picture;
}
function slider(which) {
  const { unit, starts, stops } = scaleOfTime, n = starts.length - 1;
  const found = off.from === null ? (which === "from" ? 0 : n) : which === "from" ? starts.findIndex((_, k) => stops[k] >= off.from) : n - [...starts].reverse().findIndex(a => a <= off.to);
  const input = el("input", { type: "range", id: "time-" + which, min: 0, max: n, step: 1, "aria-label": t(which) });
  input.value = found;
  const text = el("span", { text: labelOfTime(starts[found], unit) });
  input.setAttribute("aria-valuetext", text.textContent);
  input.addEventListener("input", () => { text.textContent = labelOfTime(starts[+input.value], unit); input.setAttribute("aria-valuetext", text.textContent); });
  input.addEventListener("change", () => {
    const a = +$("time-from").value, b = +$("time-to").value;
    setTime(starts[Math.min(a, b)], stops[Math.max(a, b)]);
  });
  return el("label", {}, t(which) + " ", input, text);
}
function setTime(from, to) {
  off.from = from;
  off.to = to;
  changeFilters();
}
