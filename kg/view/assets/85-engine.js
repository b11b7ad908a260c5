// vis-network travels deflated; the policy knows it by its hash and runs nothing else. Unpacked here: browsers from
// before 2023 have nothing for it.
function unpackEngine() {
  const letters = atob($("engine").textContent), packed = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) packed[i] = letters.charCodeAt(i);
  document.head.append(el("script", { text: new TextDecoder().decode(inflate(packed, +$("engine").dataset.size)) }));
}
// RFC 1951. `size` is that of what comes out.
function inflate(source, size) {
  const out = new Uint8Array(size);
  let at = 0, bits = 0, held = 0, filled = 0;
  const take = count => {
    while (held < count) { bits |= source[at++] << held; held += 8; }
    const value = bits & ((1 << count) - 1);
    bits >>>= count;
    held -= count;
    return value;
  };
  // What each run of bits that may come next stands for, and how many of them it takes: symbol * 16 + length.
  const tableOf = lengths => {
    const most = Math.max(...lengths), table = new Uint16Array(1 << most);
    for (let l = 1, code = 0; l <= most; l++, code <<= 1) lengths.forEach((length, symbol) => {
      if (length !== l) return;
      let first = 0;
      for (let k = 0; k < l; k++) first |= ((code >> k) & 1) << (l - 1 - k);
      code++;
      for (let k = first; k < table.length; k += 1 << l) table[k] = symbol * 16 + l;
    });
    return { most, table };
  };
  const read = ({ most, table }) => {
    while (held < most) { bits |= source[at++] << held; held += 8; }
    const found = table[bits & (table.length - 1)];
    bits >>>= found & 15;
    held -= found & 15;
    return found >> 4;
  };
  const tables = () => {
    const long = take(5) + 257, far = take(5) + 1, most = take(4) + 4, short = new Array(19).fill(0), lengths = [];
    for (let k = 0; k < most; k++) short[[16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15][k]] = take(3);
    const table = tableOf(short);
    while (lengths.length < long + far) {
      const symbol = read(table);
      if (symbol < 16) lengths.push(symbol);
      else for (let k = symbol === 16 ? 3 + take(2) : symbol === 17 ? 3 + take(3) : 11 + take(7), last = symbol === 16 ? lengths[lengths.length - 1] : 0; k; k--) lengths.push(last);
    }
    return [tableOf(lengths.slice(0, long)), tableOf(lengths.slice(long))];
  };
  // Base values and extra bits of lengths and distances.
  const spans = (first, step) => { const found = []; for (let base = first, k = 0; found.length < 30; k++) { const extra = k < 2 * step ? 0 : Math.floor(k / step) - 1; found.push([base, extra]); base += 1 << extra; } return found; };
  const runs = spans(3, 4), ways = spans(1, 2);
  runs[28] = [258, 0];
  const copy = ([words, distances]) => {
    for (let symbol = read(words); symbol !== 256; symbol = read(words)) {
      if (symbol < 256) { out[filled++] = symbol; continue; }
      const [run, more] = runs[symbol - 257];
      let count = run + take(more);
      const [way, further] = ways[read(distances)], back = way + take(further);
      for (; count; count--, filled++) out[filled] = out[filled - back];
    }
  };
  const fixed = () => [tableOf([...new Array(144).fill(8), ...new Array(112).fill(9), ...new Array(24).fill(7), ...new Array(8).fill(8)]), tableOf(new Array(30).fill(5))];
  for (let last = 0; !last;) {
    last = take(1);
    const kind = take(2);
    if (kind) { copy(kind === 1 ? fixed() : tables()); continue; }
    at -= held >> 3;
    bits = held = 0;
    let count = source[at] | (source[at + 1] << 8);
    for (at += 4; count; count--) out[filled++] = source[at++];
  }
  return out;
}
