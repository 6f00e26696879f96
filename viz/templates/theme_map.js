(async () => {
  const { $, colour, fill, glide, library, ready, recoloured, searching, sign, steer, tag, unpack } = page;
  const drawn = await unpack("drawn"), data = await unpack("data");
  const said = await evidence.read(data.evidence), { columns } = said;
  await library();
  const SHAPES = { strength: "triangle", weakness: "triangleDown", neutral: "dot", plain: "square" };
  const OWN_LINES = 12, NAMED = 24, STEP = 110, EDGE = [64, 56];
  const map = { now: null, selected: null, hovered: null };
  const counts = themeCounts(map, drawn, data, said);
  const { themes, units, number, opened, counted, broad, unit, year, SIZE, ends, tally, of, threshold, verdict, shade, both, idOf, nameOf, keyOf, byWeight, strongest } = counts;
  const { hint, explain, say, panel, table, seen } = themeWords(map, counts, data, said, { select, fold });

  // what is chosen
  const years = [...new Set(columns.unders.map(year).filter((y) => y !== null))].sort();
  fill("authority", columns.unders.flatMap((i) => i[0]));
  fill("region", columns.unders.flatMap((i) => i[3]));
  fill("framework", columns.unders.map((i) => i[1]));
  fill("cohort", said.concepts([...new Set(columns.cohorts.flat())]));
  for (const id of ["from", "to", "then", "until"]) fill(id, years);
  fill("near", Object.keys(data.neighbours));
  $("together").parentElement.hidden = !data.communities.length;
  const CHOICES = ["authority", "near", "region", "framework", "cohort", "from", "to", "then", "until", "join", "lines", "sure", "together"];
  const DEFAULTS = { authority: "", near: "", region: "", framework: "", cohort: "", from: String(years[0] ?? ""), to: String(years.at(-1) ?? ""), then: "", until: String(years.at(-1) ?? ""), join: "both", lines: "100", sure: "", together: "" };
  data.polarities.forEach((name, k) => {
    const box = tag("input", { type: "checkbox", id: "p-" + name });
    box.addEventListener("change", () => { box.checked ? counted.add(k) : counted.delete(k); show(); });
    $("legend").append(tag("label", {}, box, sign(name), name));
  });
  const visited = (from, to) => {
    const [authority, region, framework] = ["authority", "region", "framework"].map((id) => $(id).value), near = data.neighbours[$("near").value];
    const always = from === DEFAULTS.from && to === DEFAULTS.to;
    return columns.unders.map((i) => (!authority || i[0].includes(authority)) && (!near || i[0].some((name) => near.includes(name))) && (!region || i[3].includes(region)) &&
      (!framework || i[1] === framework) && (always || (year(i) !== null && year(i) >= Number(from) && year(i) <= Number(to))));
  };

  // the picture
  const nodes = new vis.DataSet(), edges = new vis.DataSet();
  const network = new vis.Network($("network"), { nodes, edges }, JSON.parse($("options").textContent));
  glide(network, () => nodes.length + edges.length);
  const pen = document.createElement("canvas").getContext("2d");
  // an unfolded broad theme is a field of its themes in its own place, and the others make room
  function places() {
    const spots = new Map(units.map((n, k) => [k, { x: n.x, y: n.y }]));
    for (const group of opened) {
      const own = map.now.shown.filter((k) => broad[k] === group), wide = Math.ceil(Math.sqrt(own.length)), middle = spots.get(group), room = (wide * STEP) / 2;
      for (let k = themes; k < SIZE; k += 1) {
        const spot = spots.get(k), away = [spot.x - middle.x, spot.y - middle.y], far = Math.hypot(...away) || 1;
        if (k !== group) spots.set(k, { x: spot.x + (away[0] / far) * room * 1.5, y: spot.y + (away[1] / far) * room });
      }
      own.forEach((k, n) => spots.set(k, { x: middle.x - room + (n % wide) * STEP, y: middle.y - room / 2 + Math.floor(n / wide) * STEP * 0.6 }));
    }
    return spots;
  }

  // a community is a field behind its themes
  const around = (points) => {
    const turn = (o, a, b) => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x), sorted = points.sort((a, b) => a.x - b.x || a.y - b.y);
    const side = (all) => all.reduce((kept, p) => { while (kept.length > 1 && turn(kept.at(-2), kept.at(-1), p) <= 0) kept.pop(); kept.push(p); return kept; }, []).slice(0, -1);
    return [...side(sorted), ...side([...sorted].reverse())];
  };
  network.on("beforeDrawing", (pen) => {
    if (!$("together").value) return;
    data.communities.forEach((own, k) => {
      // eight points around each theme, so that the field has room for it
      const hull = around(own.filter((t) => map.now.weight.nodes.has(t)).flatMap((t) => Array.from({ length: 8 }, (_, n) => {
        const { x, y } = map.now.spots.get(t), far = map.now.radius.get(t) + 18;
        return { x: x + far * Math.cos((n * Math.PI) / 4), y: y + far * Math.sin((n * Math.PI) / 4) };
      })));
      pen.beginPath();
      hull.forEach(({ x, y }, n) => (n ? pen.lineTo(x, y) : pen.moveTo(x, y)));
      pen.closePath();
      pen.globalAlpha = 0.13;
      pen.fillStyle = colour(["strength", "mixed", "neutral", "weakness", "accent"][k % 5]);
      pen.fill();
      pen.globalAlpha = 1;
    });
  });

  function show() {
    const from = $("from").value, to = $("to").value;
    map.now = tally(visited(from, to));
    $("until").parentElement.hidden = !$("then").value;
    map.now.then = $("then").value ? tally(visited($("then").value, $("until").value)) : null;
    map.now.weight = Object.fromEntries(["nodes", "edges"].map((part) => [part, new Map([...new Set([...map.now[part].keys(), ...(map.now.then ? map.now.then[part].keys() : [])])].map((key) => [key, both(key, part)]))]));
    map.now.shown = [...map.now.weight.nodes.keys()].sort(byWeight("nodes"));
    const largest = Math.max(1, ...map.now.shown.slice(0, 1).map((k) => map.now.weight.nodes.get(k)));
    map.now.radius = new Map(map.now.shown.map((k) => [k, data.radius[0] + data.radius[1] * Math.sqrt(map.now.weight.nodes.get(k) / largest)]));
    map.now.spots = places();
    const least = threshold(map.now.weight.edges.values(), $("lines").value);
    map.now.drawn = new Set([...map.now.weight.edges.keys()].filter((key) => map.now.weight.edges.get(key) >= least));
    const chosen = keyOf(map.selected);
    map.now.lit = null;
    if (map.selected !== null) {
      const own = chosen.edge !== undefined ? [chosen.edge].filter((key) => map.now.weight.edges.has(key)) : strongest(chosen.node).filter((key, rank) => rank < OWN_LINES || map.now.drawn.has(key));
      own.forEach((key) => map.now.drawn.add(key));
      map.now.lit = { lines: new Set(own), units: new Set([...(chosen.edge !== undefined ? ends(chosen.edge) : [chosen.node]), ...own.flatMap(ends)]) };
    }
    paint();
    explain();
    say(least);
    table();
    panel();
    remember();
  }
  function paint() {
    const visible = [...(map.now.lit ? map.now.lit.lines : map.now.drawn)], kept = new Set(visible.map(idOf)), there = new Set(map.now.shown.map((k) => units[k].id));
    const widest = Math.max(8, ...visible.map((key) => map.now.weight.edges.get(key))), ink = colour("ink");
    nodes.remove(nodes.getIds().filter((id) => !there.has(id)));
    nodes.update(map.now.shown.map((k) => {
      const { tone, shade: value } = verdict("nodes", k), lit = !map.now.lit || map.now.lit.units.has(k), back = shade(value), { id } = units[k];
      return {
        id, ...map.now.spots.get(k), shape: SHAPES[tone], size: map.now.radius.get(k),
        color: { background: back, border: map.selected === id ? ink : colour("paper"), highlight: { background: back, border: ink }, hover: { background: back, border: colour("accent") } },
        opacity: lit ? 1 : 0.25, title: hint(units[k].name, "nodes", k),
      };
    }));
    edges.remove(edges.getIds().filter((id) => !kept.has(id)));
    edges.update(visible.map((key) => {
      const { tone, shade: value } = verdict("edges", key), part = map.now.weight.edges.get(key) / widest, [from, to] = ends(key).map((k) => units[k].id);
      return {
        id: idOf(key), from, to, width: 0.8 + 7 * part, dashes: tone === "weakness" ? [5 + 12 * part, 4 + 8 * part] : false,
        color: { color: shade(value), opacity: map.now.lit ? 0.8 : 0.15 + 0.45 * Math.sqrt(part), hover: colour("accent") }, title: hint(nameOf(key), "edges", key),
      };
    }));
    write();
  }
  // labels keep their size on the screen; where they would lie over each other the lesser theme goes without
  const measured = new Map();
  const width = (words, letter) => {
    if (!measured.has(words)) { pen.font = "100px system-ui, sans-serif"; measured.set(words, pen.measureText(words).width / 100); }
    return measured.get(words) * letter;
  };
  function write() {
    const zoom = network.getScale(), letter = Math.min(17, Math.max(11.5, 15 * zoom));
    const first = (k) => (units[k].id === map.selected || units[k].id === map.hovered ? 0 : map.now.lit && map.now.lit.units.has(k) ? 1 : 2);
    const order = [...map.now.shown].sort((a, b) => first(a) - first(b) || map.now.weight.nodes.get(b) - map.now.weight.nodes.get(a) || a - b);
    const spot = (k) => [map.now.spots.get(k).x * zoom, map.now.spots.get(k).y * zoom, map.now.radius.get(k) * zoom];
    const disc = (k) => { const [x, y, r] = spot(k); return [x - 0.7 * r, y - 0.7 * r, x + 0.7 * r, y + 0.7 * r, k]; };
    // the largest themes have their names even where these cover much smaller ones; in a small picture all may
    const small = zoom < 0.5 || order.length > 500, taken = small ? [] : order.map(disc), all = order.slice(0, 800);
    const lifts = new Map(all.map((k, rank) => {
      if (small) taken.push(disc(k));
      const [x, y, r] = spot(k), words = units[k].label.split("\n");
      const half = Math.max(...words.map((w) => width(w, letter))) / 2, high = words.length * letter, always = first(k) === 0;
      const at = [y + r + 2, y - r - 2 - high].find((top) => taken.every((t) =>
        t[4] === k || (rank < NAMED && map.now.radius.get(t[4]) < 0.6 * map.now.radius.get(k)) || x - half >= t[2] || x + half <= t[0] || top >= t[3] || top + high <= t[1])) ?? (always ? y + r + 2 : null);
      if (at !== null) taken.push([x - half, at, x + half, at + high]);
      return [k, at === null ? null : at - (y + r + 2)];
    }));
    const [ink, quiet, paper] = ["ink", "quiet", "paper"].map(colour);
    nodes.update(map.now.shown.map((k) => {
      const lift = lifts.get(k) ?? null;
      return {
        id: units[k].id, label: lift === null ? "" : units[k].label,
        font: { size: letter / zoom, vadjust: ((lift || 0) - 0.42 * letter) / zoom, strokeWidth: 3 / zoom, strokeColor: paper, color: !map.now.lit || map.now.lit.units.has(k) ? ink : quiet },
      };
    }));
  }

  // choosing
  function select(id) {
    map.selected = id;
    mark();
    show();
  }
  function mark() {
    if (number.has(map.selected) && nodes.get(map.selected)) network.selectNodes([map.selected], false);
    else network.unselectAll();
  }
  function fold(group, open) {
    open ? opened.add(group) : opened.delete(group);
    map.selected = units[group].id;
    if (open) map.selected = null;
    show();
    whole();
  }
  searching(() => units.filter((n, k) => map.now.weight.nodes.has(k) || (broad[k] >= 0 && map.now.weight.nodes.has(broad[k]))), (found) => {
    const k = number.get(found.id);
    if (unit(k) !== k) opened.add(broad[k]);
    select(found.id);
    network.focus(found.id, { scale: Math.max(0.9, network.getScale()), animation: false });
    write();
  });
  const whole = () => {
    // names keep their size on the screen, however small the picture: they need room at its edges
    const spots = map.now.shown.map((k) => map.now.spots.get(k)), xs = spots.map(({ x }) => x), ys = spots.map(({ y }) => y), room = $("network").getBoundingClientRect();
    const [left, right, top, bottom] = spots.length ? [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)] : [0, 0, 0, 0];
    const fitting = Math.min((room.width - 2 * EDGE[0]) / Math.max(1, right - left), (room.height - 2 * EDGE[1]) / Math.max(1, bottom - top));
    network.moveTo({ scale: Math.max(0.05, Math.min(1.4, fitting)), position: { x: (left + right) / 2, y: (top + bottom) / 2 }, animation: false });
    write();
  };
  network.on("click", (event) => select(event.nodes[0] || event.edges[0] || null));
  network.on("doubleClick", (event) => { const k = number.get(event.nodes[0]); if (k >= themes) fold(k, true); });
  // a theme without a label shows it while the pointer is on it
  network.on("hoverNode", ({ node }) => { if (!nodes.get(node)?.label) { map.hovered = node; write(); } });
  network.on("blurNode", () => { if (map.hovered) { map.hovered = null; write(); } });
  steer(network, { write, whole, select, reset: () => { restore(new URLSearchParams()); show(); whole(); } });
  for (const id of CHOICES) $(id).addEventListener("change", show);
  recoloured(() => show());
  addEventListener("hashchange", () => { recall(); show(); });
  saving.offer(network, seen);

  // the state stands in the page's address, so that a filtered view can be sent
  const short = (id) => id.replace(columns.base, "");
  function remember() {
    const state = new URLSearchParams();
    for (const id of CHOICES) if ($(id).value !== DEFAULTS[id]) state.set(id, $(id).value);
    if (counted.size < data.polarities.length) state.set("count", [...counted].sort().map((k) => data.polarities[k]).join(","));
    if (opened.size) state.set("open", [...opened].map((k) => units[k].name).join("|"));
    if (map.selected) state.set("selected", map.selected.startsWith("group/") ? map.selected : map.selected.split(" ").map(short).join(" "));
    history.replaceState(null, "", "#" + state);
  }
  function restore(state) {
    for (const id of CHOICES) {
      $(id).value = state.get(id) ?? DEFAULTS[id];
      if ($(id).selectedIndex < 0) $(id).value = DEFAULTS[id];
    }
    const wanted = state.has("count") ? state.get("count").split(",") : data.polarities;
    data.polarities.forEach((p, k) => {
      $("p-" + p).checked = wanted.includes(p);
      wanted.includes(p) ? counted.add(k) : counted.delete(k);
    });
    opened.clear();
    for (const name of (state.get("open") || "").split("|")) if (number.has("group/" + name)) opened.add(number.get("group/" + name));
    const asked = state.get("selected") || "";
    const known = number.has(asked) ? asked : asked.split(" ").filter(Boolean).map((t) => (t.includes("://") ? t : columns.base + t)).sort().join(" ");
    const { node, edge } = keyOf(known);
    map.selected = node !== undefined || edge !== undefined ? known : null;
    if (node !== undefined && unit(node) !== node) opened.add(broad[node]);
  }
  const recall = () => restore(new URLSearchParams(location.hash.slice(1)));

  recall();
  show();
  mark();
  whole();
  ready(network);
})();
