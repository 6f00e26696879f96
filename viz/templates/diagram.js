(async () => {
  const { $, SIGNS, colour, count, fill, glide, library, ready, recoloured, searching, sign, steer, tag, unpack } = page;
  const drawn = await unpack("drawn"), data = await unpack("data");
  const said = await evidence.read(data.evidence), { base } = said.columns;
  await library();
  const SHAPES = { strength: "triangle", weakness: "triangleDown", mixed: "diamond", neutral: "dot", accent: "square", plain: "square", g4: "star", g3: "triangle", g2: "diamond", g1: "triangleDown" };
  const MANY = 1500, READABLE = 0.82;
  const HEAD = 32 + 15 * (Math.max(1, ...data.columns.map(([text]) => text.split("\n").length)) - 1);
  const map = { now: null, selected: null };
  const parts = diagramSeen(map, drawn, data, said);
  const { nodeOf, all, lines, lineOf, kinds, lineKinds, real, filters, opened, sureItems, seen, standing, closed, spot, lit } = parts;
  const { panel, say, seenNow, table } = diagramWords(map, parts, data, said, { select, show });

  // what is chosen
  for (const id of filters) fill(id, all.flatMap((n) => n.tags[id] || []));
  $("tier").parentElement.hidden = !all.some((n) => n.tier) && !lines.some((line) => line.tier);
  const legend = (id, found, mark) => {
    for (const kind of found) {
      const box = tag("input", { type: "checkbox", id: id + kind.id });
      box.addEventListener("change", () => show());
      $(id === "k-" ? "legend" : "legend-lines").append(tag("label", {}, box, mark(kind), kind.label));
    }
    $(id === "k-" ? "legend" : "legend-lines").hidden = !found.length;
  };
  legend("k-", data.kinds.filter((kind) => all.some((n) => n.kind === kind.id)), (kind) => sign(kind.tone));
  legend("l-", data.lines.filter((kind) => lines.some((line) => line.kind === kind.id)), (kind) => tag("span", { class: `line ${kind.tone}${kind.dashed ? " dashed" : ""}`, "aria-hidden": "true" }));
  const boxes = [...document.querySelectorAll("#key input")];
  const usual = (box) => (box.id.startsWith("k-") ? kinds : lineKinds).get(box.id.slice(2)).shown;
  const CHOICES = [...filters, "tier", "fold", "sure"];

  // the picture
  const nodes = new vis.DataSet(), edges = new vis.DataSet();
  const network = new vis.Network($("network"), { nodes, edges }, JSON.parse($("options").textContent));
  if (lines.length >= MANY) network.setOptions({ interaction: { hideEdgesOnZoom: true } });
  glide(network, () => nodes.length + edges.length);
  function show() {
    map.now = seen();
    map.now.heads = data.columns;
    map.now.lineOf = new Map(map.now.lines.map((line) => [line.id, line]));
    if ((data.linked && map.now.nodes.size < real) || (map.now.folding && data.stacks)) Object.assign(map.now, closed(map.now.nodes));
    map.now.lit = lit(map.now);
    $("fold").parentElement.hidden = !all.some((n) => n.members.length);
    paint();
    say();
    table();
    panel();
    remember();
  }
  const hint = (n) => [n.name, ...n.notes, n.members.length && map.now.folding ? count(n.members.length, "thing", "things") : n.items.length > 1 || n.size ? count(n.items.length, "statement", "statements") : ""].filter(Boolean).join("\n");
  function paint() {
    const gone = (set, kept) => set.remove(set.getIds().filter((id) => !kept.has(id)));
    const kept = map.now.lines.filter((line) => !map.now.lit || map.now.lit.lines.has(line.id) || map.now.lines.length < 300);
    const many = kept.length >= MANY;
    gone(edges, new Set(kept.map((line) => line.id)));
    gone(nodes, map.now.nodes);
    nodes.update(all.filter((n) => map.now.nodes.has(n.id)).map(look));
    edges.update(kept.map((line) => {
      const kind = lineKinds.get(line.kind), strong = !map.now.lit || map.now.lit.lines.has(line.id), busy = !map.now.lit && map.now.lines.length > (data.columns.length ? 200 : 60);
      return {
        id: line.id, from: line.from, to: line.to, width: line.width * (line.id === map.selected ? 2 : 1),
        color: { color: colour(tint(kind.tone)), opacity: strong ? (busy ? (data.columns.length ? 0.5 : 0.25) : 0.85) : 0.1, hover: colour("accent") },
        title: [`${nodeOf.get(line.from).name.slice(0, 90)}\n→ ${kind.label} →\n${nodeOf.get(line.to).name.slice(0, 90)}`, ...line.notes].join("\n"),
        // each option of each line costs time: what goes without saying is not said
        ...(kind.dashed ? { dashes: [7, 5] } : {}),
        ...(kind.arrow && !data.columns.length && !many ? { arrows: { to: { enabled: true, scaleFactor: 0.5 } } } : {}),
        ...((data.columns.length > 1 || data.stacks) && !many ? { smooth: { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.45 } } : {}),
      };
    }));
  }
  const tint = (tone) => (tone === "plain" ? "ink" : tone);
  // a shape that counts statements counts those that are sure enough
  function counted(n) {
    const own = sureItems(n, Number($("sure").value) / 100);
    if (own.length === n.items.length || !/^\d+$/.test(n.label)) return n;
    const [strengths, weaknesses] = ["strength", "weakness"].map((label) => own.filter((k) => said.label(k) === label).length), judged = strengths + weaknesses;
    const tone = n.tone in { strength: 1, weakness: 1, neutral: 1 } ? (strengths >= 0.6 * judged && judged ? "strength" : weaknesses >= 0.6 * judged && judged ? "weakness" : "neutral") : n.tone;
    return { ...n, items: own, label: String(own.length), tone };
  }
  // what a folded group holds, by tone
  const inside = (n) => { const found = new Map(); for (const m of n.members) found.set(m.tone, (found.get(m.tone) || 0) + 1); return [...found].map(([tone, many]) => `${SIGNS[tone]} ${many}`).join("  "); };
  function look(thing) {
    const n = counted(thing), bright = !map.now.lit || map.now.lit.nodes.has(n.id), main = colour(tint(n.tone)), chosen = n.id === map.selected;
    const common = { id: n.id, x: spot(n).x, y: spot(n).y, title: hint(n), opacity: bright ? 1 : 0.22 };
    const ink = colour(bright ? "ink" : "quiet"), accent = colour("accent");
    if (n.size) return { ...common, shape: SHAPES[n.tone] || "dot", size: n.size, label: n.label,
      color: { background: main, border: chosen ? ink : colour("paper"), highlight: { background: main, border: ink }, hover: { background: main, border: accent } },
      font: { color: ink, size: 14, strokeWidth: 3, strokeColor: colour("paper") } };
    return { ...common, shape: "box", label: `${SIGNS[n.tone] || ""} ${n.label}${standing(n) ? "\n" + inside(n) : ""}`, margin: 6, widthConstraint: { minimum: data.box[0] },
      borderWidth: chosen ? 3 : n.tone === "plain" ? 1 : 2, shapeProperties: { borderRadius: 3, borderDashes: n.tone === "weakness" ? [6, 3] : false },
      color: { background: colour("field"), border: main, highlight: { background: colour("field"), border: accent }, hover: { background: colour("paper"), border: accent } },
      font: { color: ink, size: 12.5, align: "left" } };
  }
  // headings stay in sight at the edge of the picture
  network.on("afterDrawing", (pen) => {
    const ratio = pen.canvas.width / pen.canvas.clientWidth, zoom = network.getScale();
    pen.save();
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    const wide = pen.canvas.clientWidth, high = pen.canvas.clientHeight;
    const words = (text, x, y, room, align) => text.split("\n").forEach((part, k) => {
      pen.font = `${k ? 400 : 600} ${LETTER}px system-ui, sans-serif`;
      pen.textAlign = align;
      pen.textBaseline = "alphabetic";
      pen.fillStyle = colour(k ? "quiet" : "ink");
      let shown = part;
      while (shown.length > 3 && pen.measureText(shown).width > room) shown = shown.slice(0, -2).trimEnd() + "…";
      pen.fillText(shown, x, y + 15 * k);
    });
    // a long name of a row takes two lines where there is room for them
    const row = (text, at, step) => {
      pen.font = `600 ${LETTER}px system-ui, sans-serif`;
      // at the space nearest to the middle
      const middle = [...text.matchAll(/ /g)].map((m) => m.index).reduce((a, b) => (Math.abs(b - text.length / 2) < Math.abs(a - text.length / 2) ? b : a), -text.length), split = step > 28 && middle > 0 && pen.measureText(text).width > ROW - 14;
      if (!split) return words(text, ROW - 10, at + 4, ROW - 14, "right");
      words(text.slice(0, middle), ROW - 10, at - 3, ROW - 14, "right");
      words(text.slice(middle + 1), ROW - 10, at + 11, ROW - 14, "right");
    };
    pen.globalAlpha = 0.94;
    pen.fillStyle = colour("paper");
    if (data.columns.length) pen.fillRect(0, 0, wide, HEAD - 6);
    if (data.rows.length) pen.fillRect(0, data.columns.length ? HEAD - 6 : 0, ROW, high);
    pen.globalAlpha = 1;
    const gap = Math.min(...map.now.heads.slice(1).map(([, x], k) => x - map.now.heads[k][1]), 400) * zoom - 12;
    for (const [text, x] of map.now.heads) {
      const at = network.canvasToDOM({ x, y: 0 }).x;
      if (at > (data.rows.length ? ROW : 40) && at < wide + 100 && gap > 24) words(text, at, 18, gap, "center");
    }
    const step = Math.min(...data.rows.slice(1).map(([, y], k) => y - data.rows[k][1]), 60) * zoom;
    data.rows.forEach(([text, y]) => {
      const at = network.canvasToDOM({ x: 0, y }).y;
      if (at > HEAD && at < high + 20 && step > 11) row(text, at, step);
    });
    pen.restore();
  });
  const ROW = data.rows.length ? (innerWidth < 700 ? 128 : 180) : 0, LETTER = innerWidth < 700 ? 11 : 12;

  // choosing
  function select(id) {
    map.selected = id;
    show();
    if (nodeOf.has(id)) network.selectNodes([id], false);
    else network.unselectAll();
  }
  searching(() => all.filter((n) => map.now.nodes.has(n.id) || (map.now.folding && !n.stands)), (found) => {
    select(found.id);
    network.focus(found.id, { scale: Math.max(0.8, network.getScale()), animation: false });
  });
  // what does not fit in readable letters begins at its beginning
  const whole = () => network.fit({ maxZoomLevel: 1.1, animation: false });
  function begin() {
    const shown = all.filter((n) => map.now.nodes.has(n.id)), xs = shown.map((n) => spot(n).x), ys = shown.map((n) => spot(n).y);
    if (!shown.length) return;
    const room = $("network").getBoundingClientRect(), head = data.columns.length ? HEAD : 0, half = shown.some((n) => !n.size) ? data.box[0] / 2 + 14 : 60;
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const fitting = Math.min((room.width - ROW) / (right - left + 2 * half), (room.height - head) / (bottom - top + 110)), scale = Math.min(1.1, Math.max(READABLE, fitting));
    const at = (least, most, space, edge, margin) => (!(head && margin === 50) && space / scale >= most - least + 2 * margin ? (least + most) / 2 - edge / 2 / scale : least - margin + (space / 2 - edge / 2) / scale);
    network.moveTo({ scale, animation: false, position: { x: at(left, right, room.width - ROW, ROW, half), y: at(top, bottom, room.height - head, head, 50) } });
  }
  network.on("click", (event) => select(event.nodes[0] || event.edges[0] || null));
  steer(network, { write: () => {}, whole, begin, select, reset: () => { restore(new URLSearchParams()); show(); begin(); } });
  for (const id of CHOICES) $(id).addEventListener("change", () => { show(); begin(); });
  recoloured(() => show());
  saving.offer(network, seenNow);
  addEventListener("hashchange", () => { recall(); show(); });

  // the state stands in the page's address, so that a filtered view can be sent
  function remember() {
    const state = new URLSearchParams(), off = boxes.filter((box) => box.checked !== usual(box)).map((box) => box.id);
    for (const id of CHOICES) if ($(id).value !== $(id).options[0].value) state.set(id, $(id).value);
    if (opened.size) state.set("open", [...opened].map((id) => nodeOf.get(id).k).join(","));
    if (off.length) state.set("switched", off.join(","));
    const line = map.now.lineOf.get(map.selected) || lineOf.get(map.selected), short = (id) => id.replace(base, "");
    if (map.selected) state.set("selected", line ? [short(line.from), short(line.to), line.kind].join(" ") : short(map.selected));
    history.replaceState(null, "", "#" + state);
  }
  function restore(state) {
    for (const id of CHOICES) {
      $(id).value = state.get(id) ?? $(id).options[0].value;
      if ($(id).selectedIndex < 0) $(id).selectedIndex = 0;
    }
    const off = (state.get("switched") || "").split(",");
    for (const box of boxes) box.checked = usual(box) !== off.includes(box.id);
    opened.clear();
    for (const k of (state.get("open") || "").split(",")) if (k && all[k]?.members.length) opened.add(all[k].id);
    const wanted = state.get("selected") || "", known = (t) => (nodeOf.has(t) ? t : base + t);
    const [from, to, kind] = wanted.split(" ").map(known);
    map.selected = nodeOf.has(known(wanted)) ? known(wanted) : to === undefined ? null :
      lines.find((line) => line.from === from && line.to === to && base + line.kind === kind)?.id ?? null;
  }
  const recall = () => restore(new URLSearchParams(location.hash.slice(1)));

  recall();
  show();
  begin();
  // what the address names is brought into sight; where its column is seen anyhow, the others stay beside it
  if (nodeOf.has(map.selected)) {
    const { x, y } = spot(nodeOf.get(map.selected)), seenAt = network.canvasToDOM({ x, y }).x, room = $("network").clientWidth, half = (data.box[0] / 2) * network.getScale();
    network.moveTo({ position: { x: seenAt - half >= ROW && seenAt + half <= room ? network.getViewPosition().x : x, y }, animation: false });
  }
  ready(network);
})();
