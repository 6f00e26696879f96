(async () => {
  const { $, SIGNS, chooser, colour, count, fill, glide, library, ready, recoloured, searching, sign, steer, sum, table: grid, tag, unpack } = page;
  const drawn = await unpack("drawn"), data = await unpack("data");
  const said = await evidence.read(data.evidence), { base } = said.columns;
  await library();
  const SHAPES = { strength: "triangle", weakness: "triangleDown", mixed: "diamond", neutral: "dot", accent: "square", plain: "square", g4: "star", g3: "triangle", g2: "diamond", g1: "triangleDown" };
  const SHOWN = 30, NEAR_SHOWN = 40, LISTED = 400, ROWS = 1500, MANY = 1500, MOST = 500, READABLE = 0.82;
  const HEAD = 32 + 15 * (Math.max(1, ...data.columns.map(([text]) => text.split("\n").length)) - 1);

  const nodeOf = new Map(drawn.nodes.map((n, k) => [n.id, { ...n, ...data.nodes[k], k }]));
  const all = [...nodeOf.values()];
  const lines = drawn.edges.map(({ from, to }, k) => {
    const [kind, notes, items, width, tier, sure] = data.edges[k];
    return { id: "l" + k, from, to, kind, notes, items, width, tier, sure };
  });
  const lineOf = new Map(lines.map((line) => [line.id, line]));
  const touching = new Map(all.map((n) => [n.id, []]));
  for (const line of lines) for (const end of new Set([line.from, line.to])) touching.get(end).push(line);
  const kinds = new Map(data.kinds.map((kind) => [kind.id, kind])), lineKinds = new Map(data.lines.map((kind) => [kind.id, kind]));
  const real = all.filter((n) => !n.stands).length;
  for (const n of all) n.members = [];
  for (const n of all) if (n.group >= 0) all[n.group].members.push(n);
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
  const CHOICES = [...filters, "tier", "fold", "sure"];
  let selected = null;
  const opened = new Set();

  // what is seen
  const touched = (line) => selected !== null && (line.from === selected || line.to === selected || line.id === selected);
  // the label that decides a finding's tone has to be as sure as is asked for, and so has an inferred link
  const sureItems = (n, least) => (least ? n.items.filter((k) => said.sure(k) >= least) : n.items);
  const surely = (n, least) => !n.items.length || sureItems(n, least).length > 0;
  $("sure").parentElement.hidden = !all.some((n) => n.items.some((k) => said.why(k).length)) && lines.every((line) => line.sure === 1);
  function seen() {
    const every = $("tier").value === "1", least = Number($("sure").value) / 100, wanted = filters.map((id) => [id, $(id).value]).filter(([, v]) => v);
    const fits = (n) => n.id === selected || (on("k-" + n.kind) && (every || !n.tier) && surely(n, least) && wanted.every(([id, v]) => !n.tags[id] || n.tags[id].includes(v)));
    const fitting = all.filter((n) => !n.stands && fits(n)), nodes = new Set(fitting.map((n) => n.id));
    let kept = lines.filter((line) => nodes.has(line.from) && nodes.has(line.to) && on("l-" + line.kind) && line.sure >= least && (every || !line.tier || touched(line)));
    if (data.linked) {
      const held = new Set(kept.flatMap((line) => [line.from, line.to]));
      for (const id of [...nodes]) if (!held.has(id) && id !== selected) nodes.delete(id);
    }
    const whole = nodes.size, folding = $("fold").value === "all" || ($("fold").value === "" && whole > MOST);
    if (folding) kept = folded(nodes, kept);
    return { nodes, lines: kept, folding, whole };
  }
  // one shape stands for a group, and one line for all of a kind between two of them
  function folded(nodes, kept) {
    const own = nodeOf.get(selected), open = (group) => opened.has(group.id) || own?.group === group.k;
    const stand = (id) => { const n = nodeOf.get(id); return n.group >= 0 && !open(all[n.group]) ? all[n.group].id : id; };
    for (const id of [...nodes]) if (stand(id) !== id) { nodes.delete(id); nodes.add(stand(id)); }
    const joined = new Map();
    for (const line of kept) {
      const [from, to] = [stand(line.from), stand(line.to)], key = `${from} ${to} ${line.kind}`;
      if (from === to && line.from !== line.to) continue;
      if (from === line.from && to === line.to) joined.set(line.id, line);
      else if (joined.has(key)) { const one = joined.get(key); one.stood += 1; one.notes = [count(one.stood, "line", "lines")]; one.width = Math.min(8, 1 + Math.sqrt(one.stood)); one.items.push(...line.items); }
      else joined.set(key, { ...line, id: key, from, to, stood: 1, notes: [...line.notes], items: [...line.items], width: 1.6 });
    }
    return [...joined.values()];
  }
  const standing = (n) => now.folding && n.members.length && !opened.has(n.id);
  // a filtered thread closes up: columns without a box go, and boxes move up in the order they stand in
  function closed(kept) {
    const columns = new Map();
    for (const n of all) if (kept.has(n.id)) columns.set(n.x, [...(columns.get(n.x) || []), n]);
    const gap = data.columns.length > 1 ? data.columns[1][1] - data.columns[0][1] : 0, places = new Map();
    [...columns.keys()].sort((a, b) => a - b).forEach((x, k) => {
      let down = 0;
      for (const n of columns.get(x).sort((a, b) => a.y - b.y)) {
        places.set(n.id, { x: data.linked && gap ? k * gap : x, y: down + n.tall / 2 + (standing(n) ? 7 : 0) });
        down += n.tall + (standing(n) ? 15 : 0);
      }
    });
    const heads = data.columns.filter(([, x]) => columns.has(x)).map(([text, x], k) => [text, data.linked ? k * gap : x]);
    return { places, heads };
  }
  const spot = (n) => now.places?.get(n.id) || n;
  // all that leads to a node and all that follows from it; or its neighbours
  function lit({ lines: kept }) {
    if (selected === null) return null;
    const start = now.lineOf.get(selected) || lineOf.get(selected);
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
  const network = new vis.Network($("network"), { nodes, edges }, JSON.parse($("options").textContent));
  if (lines.length >= MANY) network.setOptions({ interaction: { hideEdgesOnZoom: true } });
  glide(network, () => nodes.length + edges.length);
  let now;
  function show() {
    now = seen();
    now.heads = data.columns;
    now.lineOf = new Map(now.lines.map((line) => [line.id, line]));
    if ((data.linked && now.nodes.size < real) || (now.folding && data.stacks)) Object.assign(now, closed(now.nodes));
    now.lit = lit(now);
    $("fold").parentElement.hidden = !all.some((n) => n.members.length);
    paint();
    say();
    table();
    panel();
    remember();
  }
  const hint = (n) => [n.name, ...n.notes, n.members.length && now.folding ? count(n.members.length, "thing", "things") : n.items.length > 1 || n.size ? count(n.items.length, "statement", "statements") : ""].filter(Boolean).join("\n");
  function paint() {
    const gone = (set, kept) => set.remove(set.getIds().filter((id) => !kept.has(id)));
    const kept = now.lines.filter((line) => !now.lit || now.lit.lines.has(line.id) || now.lines.length < 300);
    const many = kept.length >= MANY;
    gone(edges, new Set(kept.map((line) => line.id)));
    gone(nodes, now.nodes);
    nodes.update(all.filter((n) => now.nodes.has(n.id)).map(look));
    edges.update(kept.map((line) => {
      const kind = lineKinds.get(line.kind), strong = !now.lit || now.lit.lines.has(line.id), busy = !now.lit && now.lines.length > (data.columns.length ? 200 : 60);
      return {
        id: line.id, from: line.from, to: line.to, width: line.width * (line.id === selected ? 2 : 1),
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
    const n = counted(thing), bright = !now.lit || now.lit.nodes.has(n.id), main = colour(tint(n.tone)), chosen = n.id === selected;
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
      pen.font = `${k ? 400 : 600} 12px system-ui, sans-serif`;
      pen.textAlign = align;
      pen.textBaseline = "alphabetic";
      pen.fillStyle = colour(k ? "quiet" : "ink");
      let shown = part;
      while (shown.length > 3 && pen.measureText(shown).width > room) shown = shown.slice(0, -2).trimEnd() + "…";
      pen.fillText(shown, x, y + 15 * k);
    });
    // a long name of a row takes two lines where there is room for them
    const row = (text, at, step) => {
      pen.font = "600 12px system-ui, sans-serif";
      const middle = text.indexOf(" ", text.length / 2 - 2), split = step > 28 && middle > 0 && pen.measureText(text).width > ROW - 14;
      if (!split) return words(text, ROW - 10, at + 4, ROW - 14, "right");
      words(text.slice(0, middle), ROW - 10, at - 3, ROW - 14, "right");
      words(text.slice(middle + 1), ROW - 10, at + 11, ROW - 14, "right");
    };
    pen.globalAlpha = 0.94;
    pen.fillStyle = colour("paper");
    if (data.columns.length) pen.fillRect(0, 0, wide, HEAD - 6);
    if (data.rows.length) pen.fillRect(0, data.columns.length ? HEAD - 6 : 0, ROW, high);
    pen.globalAlpha = 1;
    const gap = Math.min(...now.heads.slice(1).map(([, x], k) => x - now.heads[k][1]), 400) * zoom - 12;
    for (const [text, x] of now.heads) {
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
  const ROW = data.rows.length ? (innerWidth < 700 ? 116 : 180) : 0;

  // the words
  function say() {
    const drawn = now.nodes.size, few = now.whole === real;
    $("summary").textContent = !all.length ? data.empty : !drawn ? "Nothing here fits all that is chosen above: choose fewer filters, or Reset." :
      `${few ? "All " : `${now.whole.toLocaleString("en")} of `}${count(real, "thing", "things")} and ${now.lines.length.toLocaleString("en")} of ${count(lines.length, "line", "lines")} are drawn` +
      `${now.folding && drawn !== now.whole ? `, folded into ${count(drawn, "shape", "shapes")}; choose one to unfold it` : ""}. ${data.intro}`;
  }
  const short = (words) => (words.length > 110 ? words.slice(0, 108) + "…" : words);
  const links = (found, named = true) => tag("ul", { class: "links" }, ...found.slice(0, NEAR_SHOWN).map(([line, id]) => {
    const kind = lineKinds.get(line.kind), n = nodeOf.get(id);
    return tag("li", {}, tag("button", { type: "button", title: line.notes.join("; "), onclick: () => select(id) },
      named ? tag("span", { class: "quiet" }, kind.label + ": ") : "", sign(["strength", "weakness"].includes(kind.tone) && !kind.arrow ? kind.tone : n.tone), " ", short(n.name)));
  }));
  function around(id) {
    const before = now.lines.filter((line) => line.to === id).map((line) => [line, line.from]), after = now.lines.filter((line) => line.from === id).map((line) => [line, line.to]);
    const flat = data.lines.every((kind) => !kind.arrow);
    if (!flat) return [["Comes from", before], ["Leads to", after]].flatMap(([title, found]) => (found.length ? [tag("h3", {}, title), links(found)] : []));
    // what has the most to say comes first, kind by kind
    return data.lines.flatMap((kind) => {
      const found = [...before, ...after].filter(([line]) => line.kind === kind.id).sort(([a], [b]) => b.width - a.width);
      return found.length ? [tag("h3", {}, kind.label[0].toUpperCase() + kind.label.slice(1)), links(found, false)] : [];
    });
  }
  const quotes = (found, most) => [
    ...(found.length > 1 ? [tag("h3", { id: "counts" }, found.length > most ? `${most} of ${found.length} statements` : `${found.length} statements`)] : []),
    ...found.slice(0, most).map(said.quote),
    found.length > most ? tag("button", { type: "button", id: "more", onclick: () => panel(most + 100) }, "Show more") : ""];
  const folder = (n) => {
    const group = n.members.length ? n : all[n.group];
    if (!now.folding || !group) return "";
    const open = opened.has(group.id);
    return tag("p", {}, tag("button", { type: "button", id: "unfold", onclick: () => { open ? opened.delete(group.id) : opened.add(group.id); if (open || group.stands) selected = open ? group.id : null; show(); } },
      `${open ? "Fold" : "Unfold"} ${count(group.members.length, "thing", "things")}`));
  };
  function panel(most = SHOWN) {
    const line = now.lineOf.get(selected) || lineOf.get(selected), n = nodeOf.get(selected);
    if (n) {
      const few = n.items.length < 4 && !n.stands, only = n.items.length === 1 && said.text(n.items[0]) === n.name;
      const least = Number($("sure").value) / 100, own = n.stands ? n.members.flatMap((m) => sureItems(m, least)) : sureItems(n, least);
      $("chosen").textContent = only ? said.kind(n.items[0]) : n.name;
      $("words").replaceChildren(...n.notes.map((note) => tag("p", {}, note)), folder(n),
        n.page ? tag("p", {}, tag("a", { href: n.page }, "Open its page")) : "", ...(few ? quotes(own, most) : []), ...around(n.id), ...(few ? [] : quotes(own, most)));
    } else if (line) {
      $("chosen").textContent = lineKinds.get(line.kind).label;
      $("words").replaceChildren(...line.notes.map((note) => tag("p", {}, note)), links([[line, line.from], [line, line.to]]),
        ...quotes([...new Set([...line.items, ...nodeOf.get(line.from).items.slice(0, 3), ...nodeOf.get(line.to).items.slice(0, 3)])], most));
    } else {
      $("chosen").textContent = data.ordered;
      const listed = data.order.filter((id) => nodeOf.has(id) && (now.nodes.has(id) || now.folding)).slice(0, LISTED);
      $("words").replaceChildren(tag("p", { class: listed.length ? "quiet" : "" }, "The words behind it stand here, with document and page."), tag("ul", { class: "order" }, ...listed.map((id) =>
        tag("li", {}, tag("button", { type: "button", onclick: () => select(id) }, sign(nodeOf.get(id).tone), " ", nodeOf.get(id).name)))));
    }
  }
  const where = (n) => (n.items.length ? [said.whose(n.items[0]), said.title(n.items[0]), said.columns.page[n.items[0]] ? `page ${said.columns.page[n.items[0]]}` : ""].filter(Boolean).join(", ") : "");
  const says = (n) => n.notes.join("; ") || n.tone.replace(/^(plain|accent|g\d)$/, "");
  const kindOf = (n) => kinds.get(n.kind)?.label || n.kind;
  function table() {
    const draw = () => {
      const things = all.filter((n) => now.nodes.has(n.id)), many = things.length > ROWS || now.lines.length > ROWS;
      $("tables").replaceChildren(many ? tag("p", {}, `The first ${ROWS} of each; a filter brings the rest, and Save holds all.`) : "",
        grid("Shapes", ["What", "Kind", "Says", "Statements", "Where"], things.slice(0, ROWS).map((n) => [chooser(select, n.id, n.name), kindOf(n), says(n), String(n.items.length), where(n)])),
        grid("Lines", ["From", "How", "To", "Why"], now.lines.slice(0, ROWS).map((line) => [chooser(select, line.id, nodeOf.get(line.from).name), lineKinds.get(line.kind).label, nodeOf.get(line.to).name, line.notes.join("; ")])));
    };
    // a closed table costs nothing until it is opened
    if ($("as-table").open) draw();
    $("as-table").ontoggle = () => { if ($("as-table").open) draw(); };
  }
  const seenNow = () => {
    const things = all.filter((n) => now.nodes.has(n.id)), items = [...new Set([...things.flatMap((n) => (n.stands ? n.members : [n]).flatMap((m) => m.items)), ...now.lines.flatMap((line) => line.items)])];
    return {
      shapes: { columns: ["id", "name", "kind", "says", "statements", "where"], rows: things.map((n) => [n.id, n.name, kindOf(n), says(n), n.items.length, where(n)]) },
      lines: { columns: ["source", "target", "kind", "from", "to", "notes"], rows: now.lines.map((line) => [line.from, line.to, lineKinds.get(line.kind).label, nodeOf.get(line.from).name, nodeOf.get(line.to).name, line.notes.join("; ")]) },
      words: { columns: evidence.HEAD, rows: items.map(said.row) },
    };
  };

  // choosing
  function select(id) {
    selected = id;
    show();
    if (nodeOf.has(id)) network.selectNodes([id], false);
    else network.unselectAll();
  }
  searching(() => all.filter((n) => now.nodes.has(n.id) || (now.folding && !n.stands)), (found) => {
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
    const line = now.lineOf.get(selected) || lineOf.get(selected), short = (id) => id.replace(base, "");
    if (selected) state.set("selected", line ? [short(line.from), short(line.to), line.kind].join(" ") : short(selected));
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
    selected = nodeOf.has(known(wanted)) ? known(wanted) : to === undefined ? null :
      lines.find((line) => line.from === from && line.to === to && base + line.kind === kind)?.id ?? null;
  }
  const recall = () => restore(new URLSearchParams(location.hash.slice(1)));

  recall();
  show();
  begin();
  if (nodeOf.has(selected)) network.focus(selected, { scale: Math.max(READABLE, network.getScale()), animation: false });
  ready(network);
})();
