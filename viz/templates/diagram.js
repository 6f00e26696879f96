(async () => {
  const { $, SIGNS, chooser, colour, count, fill, library, place, read, ready, searching, sign, steer, table: grid, tag, unpack } = page;
  const drawn = read("network-data");
  const data = await unpack("data");
  await library();
  const SHAPES = { strength: "triangle", weakness: "triangleDown", mixed: "diamond", neutral: "dot", accent: "square", plain: "square", g4: "star", g3: "triangle", g2: "diamond", g1: "triangleDown" };
  const SHOWN = 30, NEAR_SHOWN = 40, LISTED = 400, ROWS = 1500, MANY = 1500, READABLE = 0.82, HEAD = 62;

  const nodeOf = new Map(drawn.nodes.map((n, k) => [n.id, { ...n, ...data.nodes[k], k }]));
  const all = [...nodeOf.values()];
  const lines = drawn.edges.map(({ from, to }, k) => {
    const [kind, notes, items, width, tier] = data.edges[k];
    return { id: "l" + k, k, from, to, kind, notes, items, width, tier };
  });
  const lineOf = new Map(lines.map((line) => [line.id, line]));
  const touching = new Map(all.map((n) => [n.id, []]));
  for (const line of lines) for (const end of new Set([line.from, line.to])) touching.get(end).push(line);
  const kinds = new Map(data.kinds.map((kind) => [kind.id, kind])), lineKinds = new Map(data.lines.map((kind) => [kind.id, kind]));
  const items = data.items.map(([iri, words, kind, label, title, at, whose, themes, why]) => ({ iri, words, kind, label, title, at, whose, themes, why }));
  const filters = Object.keys(data.filters);

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
  const on = (id) => !$(id) || $(id).checked;
  const boxes = [...document.querySelectorAll("#key input")];
  const usual = (box) => (box.id.startsWith("k-") ? kinds : lineKinds).get(box.id.slice(2)).shown;
  let selected = null;

  // what is seen
  const touched = (line) => selected !== null && (line.from === selected || line.to === selected || line.id === selected);
  function seen() {
    const every = $("tier").value === "1", wanted = filters.map((id) => [id, $(id).value]).filter(([, v]) => v);
    const fits = (n) => n.id === selected || (on("k-" + n.kind) && (every || !n.tier) && wanted.every(([id, v]) => !n.tags[id] || n.tags[id].includes(v)));
    const nodes = new Set(all.filter(fits).map((n) => n.id));
    const kept = lines.filter((line) => nodes.has(line.from) && nodes.has(line.to) && on("l-" + line.kind) && (every || !line.tier || touched(line)));
    if (data.linked) {
      const held = new Set(kept.flatMap((line) => [line.from, line.to]));
      for (const id of [...nodes]) if (!held.has(id) && id !== selected) nodes.delete(id);
    }
    return { nodes, lines: kept };
  }
  // a filtered thread closes up: columns without a box go, and boxes move up in the order they stand in
  function closed(kept) {
    const columns = new Map();
    for (const n of all) if (kept.has(n.id)) columns.set(n.x, [...(columns.get(n.x) || []), n]);
    const gap = data.columns.length > 1 ? data.columns[1][1] - data.columns[0][1] : 0, places = new Map();
    [...columns.keys()].sort((a, b) => a - b).forEach((x, k) => {
      let down = 0;
      for (const n of columns.get(x).sort((a, b) => a.y - b.y)) {
        places.set(n.id, { x: k * gap, y: down + n.tall / 2 });
        down += n.tall;
      }
    });
    const heads = data.columns.filter(([, x]) => columns.has(x)).map(([text], k) => [text, k * gap]);
    return { places, heads };
  }
  const spot = (n) => now.places?.get(n.id) || n;
  // all that leads to a node and all that follows from it; or its neighbours
  function lit({ lines: kept }) {
    if (selected === null) return null;
    const start = lineOf.get(selected);
    const found = { nodes: new Set(start ? [start.from, start.to] : [selected]), lines: new Set(start ? [start.id] : []) };
    const walk = (from, to, ends) => {
      for (let next = ends; next.length;) {
        const steps = kept.filter((line) => next.includes(line[from]) && !found.lines.has(line.id));
        for (const line of steps) { found.lines.add(line.id); found.nodes.add(line[to]); }
        next = data.chain ? [...new Set(steps.map((line) => line[to]))] : [];
      }
    };
    if (start && !data.chain) return found;
    walk("from", "to", start ? [start.to] : [selected]);
    walk("to", "from", start ? [start.from] : [selected]);
    return found;
  }

  // the picture
  const nodes = new vis.DataSet(), edges = new vis.DataSet();
  const network = new vis.Network($("network"), { nodes, edges }, read("options"));
  if (lines.length >= MANY) network.setOptions({ interaction: { hideEdgesOnDrag: true, hideEdgesOnZoom: true } });
  let now;
  function show() {
    now = seen();
    now.heads = data.columns;
    if (data.linked && now.nodes.size < all.length) Object.assign(now, closed(now.nodes));
    now.lit = lit(now);
    paint();
    say();
    table();
    panel();
    remember();
  }
  const hint = (n) => [n.name, ...n.notes, n.items.length > 1 || n.size ? count(n.items.length, "statement", "statements") : ""].filter(Boolean).join("\n");
  function paint() {
    const gone = (set, kept) => set.remove(set.getIds().filter((id) => !kept.has(id)));
    const kept = now.lines.filter((line) => !now.lit || now.lit.lines.has(line.id) || now.lines.length < 300);
    gone(edges, new Set(kept.map((line) => line.id)));
    gone(nodes, now.nodes);
    nodes.update(all.filter((n) => now.nodes.has(n.id)).map(look));
    edges.update(kept.map((line) => {
      const kind = lineKinds.get(line.kind), strong = !now.lit || now.lit.lines.has(line.id), busy = !now.lit && now.lines.length > 200;
      return {
        id: line.id, from: line.from, to: line.to, width: line.width * (line.id === selected ? 2 : 1), dashes: kind.dashed ? [7, 5] : false,
        arrows: kind.arrow && !data.columns.length ? { to: { enabled: true, scaleFactor: 0.5 } } : "",
        color: { color: colour(tint(kind.tone)), opacity: strong ? (busy ? 0.5 : 0.85) : 0.1, hover: colour("accent") },
        title: [`${nodeOf.get(line.from).name.slice(0, 90)}\n→ ${kind.label} →\n${nodeOf.get(line.to).name.slice(0, 90)}`, ...line.notes].join("\n"),
        smooth: data.columns.length > 1 && lines.length < MANY ? { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.45 } : false,
      };
    }));
  }
  const tint = (tone) => (tone === "plain" ? "ink" : tone);
  function look(n) {
    const bright = !now.lit || now.lit.nodes.has(n.id), main = colour(tint(n.tone)), chosen = n.id === selected;
    const common = { id: n.id, x: spot(n).x, y: spot(n).y, title: hint(n), opacity: bright ? 1 : 0.22 };
    const ink = colour(bright ? "ink" : "quiet"), accent = colour("accent");
    if (n.size) return { ...common, shape: SHAPES[n.tone] || "dot", size: n.size, label: n.label,
      color: { background: main, border: chosen ? ink : colour("paper"), highlight: { background: main, border: ink }, hover: { background: main, border: accent } },
      font: { color: ink, size: 14, strokeWidth: 3, strokeColor: colour("paper") } };
    return { ...common, shape: "box", label: `${SIGNS[n.tone] || ""} ${n.label}`, margin: 6, widthConstraint: { minimum: data.box[0] - 12 },
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
      pen.font = `${k ? 400 : 600} 12px system-ui, sans-serif`;
      pen.textAlign = align;
      pen.textBaseline = "alphabetic";
      pen.fillStyle = colour(k ? "quiet" : "ink");
      let shown = part;
      while (shown.length > 3 && pen.measureText(shown).width > room) shown = shown.slice(0, -2).trimEnd() + "…";
      pen.fillText(shown, x, y + 15 * k);
    });
    pen.globalAlpha = 0.94;
    pen.fillStyle = colour("paper");
    if (data.columns.length) pen.fillRect(0, 0, wide, HEAD - 8);
    if (data.rows.length) pen.fillRect(0, data.columns.length ? HEAD - 8 : 0, ROW, high);
    pen.globalAlpha = 1;
    const gap = Math.min(...now.heads.slice(1).map(([, x], k) => x - now.heads[k][1]), 400) * zoom - 12;
    for (const [text, x] of now.heads) {
      const at = network.canvasToDOM({ x, y: 0 }).x;
      if (at > (data.rows.length ? ROW : 40) && at < wide + 100 && gap > 24) words(text, at, 18, gap, "center");
    }
    const step = Math.min(...data.rows.slice(1).map(([, y], k) => y - data.rows[k][1]), 60) * zoom;
    data.rows.forEach(([text, y]) => {
      const at = network.canvasToDOM({ x: 0, y }).y;
      if (at > HEAD && at < high + 20 && step > 11) words(text, ROW - 10, at + 4, ROW - 14, "right");
    });
    pen.restore();
  });
  const ROW = data.rows.length ? (innerWidth < 700 ? 116 : 180) : 0;

  // the words
  function say() {
    $("summary").textContent = all.length ? `${now.nodes.size === all.length ? "All " : `${now.nodes.size.toLocaleString("en")} of `}${count(all.length, "thing", "things")} and ${now.lines.length.toLocaleString("en")} of ${count(lines.length, "line", "lines")} are drawn. ${data.intro}` : data.empty;
  }
  const links = (found) => tag("ul", { class: "links" }, ...found.slice(0, NEAR_SHOWN).map(([line, id]) => {
    const kind = lineKinds.get(line.kind), n = nodeOf.get(id);
    return tag("li", {}, tag("button", { type: "button", title: line.notes.join("; "), onclick: () => select(id) },
      tag("span", { class: "quiet" }, kind.label + ": "), sign(["strength", "weakness"].includes(kind.tone) && !kind.arrow ? kind.tone : n.tone), " ", n.name.length > 110 ? n.name.slice(0, 108) + "…" : n.name));
  }));
  function around(id) {
    const there = touching.get(id).filter((line) => now.lines.includes(line));
    const before = there.filter((line) => line.to === id).map((line) => [line, line.from]), after = there.filter((line) => line.from === id).map((line) => [line, line.to]);
    const flat = data.lines.every((kind) => !kind.arrow);
    return [[flat ? "Goes with" : "Comes from", flat ? [...before, ...after] : before], ["Leads to", flat ? [] : after]].flatMap(([title, found]) =>
      found.length ? [tag("h3", {}, title), links(found)] : []);
  }
  const tone = (item) => (["strength", "weakness", "mixed", "neutral"].includes(item.label) ? item.label : item.kind === "recommendation" ? "accent" : "plain");
  const quote = (k) => {
    const item = items[k];
    return tag("div", { class: "finding " + tone(item) },
      tag("p", { dir: "auto" }, item.words),
      tag("p", { class: "quiet" }, sign(tone(item)), ` ${[item.kind, item.label.replaceAll("-", " "), item.whose].filter(Boolean).join(" · ")}`),
      item.themes.length ? tag("p", { class: "quiet" }, "Themes: " + item.themes.join(", ")) : "",
      item.why.length ? tag("ul", { class: "why" }, ...item.why.map(([label, sure, reason]) => tag("li", {}, `${label} (${sure})${reason ? ": " + reason : ""}`))) : "",
      place(data.titles[item.title], item.at, data.base + item.iri));
  };
  const quotes = (found, most) => [
    ...(found.length > 1 ? [tag("h3", { id: "counts" }, found.length > most ? `${most} of ${found.length} statements` : `${found.length} statements`)] : []),
    ...found.slice(0, most).map(quote),
    found.length > most ? tag("button", { type: "button", id: "more", onclick: () => panel(most + 100) }, "Show more") : ""];
  function panel(most = SHOWN) {
    const line = lineOf.get(selected), n = nodeOf.get(selected);
    if (n) {
      $("chosen").textContent = n.items.length === 1 && items[n.items[0]].words === n.name ? items[n.items[0]].kind : n.name;
      $("words").replaceChildren(...n.notes.map((note) => tag("p", {}, note)),
        n.page ? tag("p", {}, tag("a", { href: n.page }, "Open its page")) : "", ...(n.items.length < 4 ? quotes(n.items, most) : []), ...around(n.id), ...(n.items.length < 4 ? [] : quotes(n.items, most)));
    } else if (line) {
      $("chosen").textContent = lineKinds.get(line.kind).label;
      $("words").replaceChildren(...line.notes.map((note) => tag("p", {}, note)), links([[line, line.from], [line, line.to]]),
        ...quotes([...new Set([...line.items, ...nodeOf.get(line.from).items.slice(0, 3), ...nodeOf.get(line.to).items.slice(0, 3)])], most));
    } else {
      $("chosen").textContent = data.ordered;
      const listed = data.order.filter((id) => now.nodes.has(id)).slice(0, LISTED);
      $("words").replaceChildren(tag("p", { class: listed.length ? "quiet" : "" }, "The words behind it stand here, with document and page."), tag("ul", { class: "order" }, ...listed.map((id) =>
        tag("li", {}, tag("button", { type: "button", onclick: () => select(id) }, sign(nodeOf.get(id).tone), " ", nodeOf.get(id).name)))));
    }
  }
  function table() {
    const things = all.filter((n) => now.nodes.has(n.id)), many = things.length > ROWS || now.lines.length > ROWS;
    const where = (n) => (n.items.length ? [items[n.items[0]].whose, data.titles[items[n.items[0]].title], items[n.items[0]].at ? `page ${items[n.items[0]].at}` : ""].filter(Boolean).join(", ") : "");
    $("tables").replaceChildren(many ? tag("p", {}, `The first ${ROWS} of each; a filter brings the rest.`) : "",
      grid("Shapes", ["What", "Kind", "Says", "Statements", "Where"], things.slice(0, ROWS).map((n) => [chooser(select, n.id, n.name), kinds.get(n.kind)?.label || n.kind, [n.notes.join("; ") || n.tone.replace(/^(plain|accent|g\d)$/, "")].join(""), String(n.items.length), where(n)])),
      grid("Lines", ["From", "How", "To", "Why"], now.lines.slice(0, ROWS).map((line) => [chooser(select, line.id, nodeOf.get(line.from).name), lineKinds.get(line.kind).label, nodeOf.get(line.to).name, line.notes.join("; ")])));
  }

  // choosing
  function select(id) {
    selected = id;
    show();
    if (nodeOf.has(id)) network.selectNodes([id], false);
    else network.unselectAll();
  }
  searching(() => all.filter((n) => now.nodes.has(n.id)), (found) => {
    select(found.id);
    network.focus(found.id, { scale: Math.max(0.8, network.getScale()), animation: false });
  });
  // what does not fit in readable letters begins at its beginning
  const whole = () => network.fit({ maxZoomLevel: 1.1, animation: false });
  function begin() {
    const shown = all.filter((n) => now.nodes.has(n.id)), xs = shown.map((n) => spot(n).x), ys = shown.map((n) => spot(n).y);
    if (!shown.length) return;
    const room = $("network").getBoundingClientRect(), head = data.columns.length ? HEAD : 0, half = shown.some((n) => !n.size) ? data.box[0] / 2 + 14 : 60;
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const fitting = Math.min((room.width - ROW) / (right - left + 2 * half), (room.height - head) / (bottom - top + 110)), scale = Math.min(1.1, Math.max(READABLE, fitting));
    const at = (least, most, space, edge, margin) => (!(head && margin === 50) && space / scale >= most - least + 2 * margin ? (least + most) / 2 - edge / 2 / scale : least - margin + (space / 2 - edge / 2) / scale);
    network.moveTo({ scale, animation: false, position: { x: at(left, right, room.width - ROW, ROW, half), y: at(top, bottom, room.height - head, head, 50) } });
  }
  network.on("click", (event) => select(event.nodes[0] || event.edges[0] || null));
  steer(network, { write: () => {}, whole, begin, select, reset: () => { restore(new URLSearchParams()); show(); begin(); } });
  for (const id of [...filters, "tier"]) $(id).addEventListener("change", () => { show(); begin(); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  addEventListener("hashchange", () => { recall(); show(); });

  // the state stands in the page's address, so that a filtered view can be sent
  function remember() {
    const state = new URLSearchParams(), off = boxes.filter((box) => box.checked !== usual(box)).map((box) => box.id);
    for (const id of filters) if ($(id).value) state.set(id, $(id).value);
    if ($("tier").value !== "0") state.set("tier", $("tier").value);
    if (off.length) state.set("switched", off.join(","));
    const line = lineOf.get(selected), short = (id) => id.replace(data.base, "");
    if (selected) state.set("selected", line ? [short(line.from), short(line.to), line.kind].join(" ") : short(selected));
    history.replaceState(null, "", "#" + state);
  }
  function restore(state) {
    for (const id of [...filters, "tier"]) {
      $(id).value = state.get(id) ?? $(id).options[0].value;
      if ($(id).selectedIndex < 0) $(id).selectedIndex = 0;
    }
    const off = (state.get("switched") || "").split(",");
    for (const box of boxes) box.checked = usual(box) !== off.includes(box.id);
    const wanted = state.get("selected") || "", known = (t) => (nodeOf.has(t) ? t : data.base + t);
    const [from, to, kind] = wanted.split(" ").map(known);
    selected = nodeOf.has(known(wanted)) ? known(wanted) : to === undefined ? null :
      lines.find((line) => line.from === from && line.to === to && data.base + line.kind === kind)?.id ?? null;
  }
  const recall = () => restore(new URLSearchParams(location.hash.slice(1)));

  recall();
  show();
  begin();
  if (nodeOf.has(selected)) network.focus(selected, { scale: Math.max(READABLE, network.getScale()), animation: false });
  ready(network);
})();
