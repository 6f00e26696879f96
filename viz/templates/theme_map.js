(async () => {
  const { $, SIGNS, chooser, colour, count, fill, library, place, read, ready, searching, sign, steer, sum, table: grid, tag, unpack } = page;
  const drawn = read("network-data");
  const data = await unpack("data");
  await library();
  const SHAPES = { strength: "triangle", weakness: "triangleDown", neutral: "dot" };
  const SHOWN = 30, OWN_LINES = 12, NEAR_SHOWN = 10;

  const theme = new Map(drawn.nodes.map((n) => [n.id, n]));
  const number = new Map(data.themes.map((id, k) => [id, k]));
  const size = data.themes.length;
  const edgeAt = new Int32Array(size * size).fill(-1);
  const lines = drawn.edges.map(({ from, to }, k) => {
    const a = number.get(from), b = number.get(to);
    edgeAt[a * size + b] = edgeAt[b * size + a] = k;
    return { id: from + " " + to, ends: [from, to] };
  });
  const lineOf = new Map(lines.map((line, k) => [line.id, k]));

  const year = (inspection) => (inspection.start ? Number(inspection.start.slice(0, 4)) : null);

  // what is chosen
  const years = [...new Set(data.inspections.map(year).filter((y) => y !== null))].sort();
  fill("authority", data.inspections.flatMap((i) => i.authorities));
  fill("region", data.inspections.flatMap((i) => i.regions));
  fill("framework", data.inspections.map((i) => i.framework));
  fill("from", years);
  fill("to", years);
  const KEPT = ["authority", "region", "framework", "from", "to", "lines"];
  const DEFAULTS = { authority: "", region: "", framework: "", from: String(years[0] ?? ""), to: String(years.at(-1) ?? ""), lines: "100" };
  const counted = new Set();
  let selected = null, hovered = null;
  data.polarities.forEach((name, k) => {
    const box = tag("input", { type: "checkbox", id: "p-" + name });
    box.addEventListener("change", () => { box.checked ? counted.add(k) : counted.delete(k); show(); });
    $("legend").append(tag("label", {}, box, sign(name), name));
  });
  const visited = () => {
    const [authority, region, framework] = ["authority", "region", "framework"].map((id) => $(id).value);
    const from = $("from").value, to = $("to").value, always = from === DEFAULTS.from && to === DEFAULTS.to;
    return data.inspections.map((i) =>
      (!authority || i.authorities.includes(authority)) && (!region || i.regions.includes(region)) &&
      (!framework || i.framework === framework) && (always || (year(i) >= Number(from) && year(i) <= Number(to))));
  };

  // what it comes to
  let now;
  const tally = () => {
    const visits = visited(), zero = () => data.polarities.map(() => 0);
    const nodes = data.themes.map(zero), edges = lines.map(zero);
    let findings = 0;
    for (const [visit, polarity, themes] of data.findings) {
      if (!visits[visit] || !counted.has(polarity)) continue;
      findings += 1;
      themes.forEach((a, k) => {
        nodes[a][polarity] += 1;
        for (let m = k + 1; m < themes.length; m += 1) edges[edgeAt[a * size + themes[m]]][polarity] += 1;
      });
    }
    const sizes = nodes.map(sum), largest = Math.max(1, ...sizes);
    const radius = sizes.map((n) => data.radius[0] + data.radius[1] * Math.sqrt(n / largest));
    return { visits, nodes, edges, findings, weights: edges.map(sum), sizes, radius };
  };
  // the fewest findings a line needs, so that no more than the wanted number of lines is drawn, and equal ones alike
  const threshold = (weights, wanted) => {
    const found = weights.filter((w) => w > 0).sort((a, b) => b - a);
    if (wanted === "all" || found.length <= Number(wanted)) return 1;
    return Math.min(found[Number(wanted)] + 1, found[0]);
  };
  const balance = ([strengths, weaknesses]) => {
    const judged = strengths + weaknesses;
    if (judged && strengths / judged >= 0.6) return "strength";
    return judged && weaknesses / judged >= 0.6 ? "weakness" : "neutral";
  };
  // the nearer to half strengths and half weaknesses, the greyer
  const shade = ([strengths, weaknesses]) => {
    const lean = strengths + weaknesses ? (strengths - weaknesses) / (strengths + weaknesses) : 0;
    const [from, to] = [colour("neutral"), colour(lean > 0 ? "strength" : "weakness")].map((c) => [1, 3, 5].map((k) => parseInt(c.slice(k, k + 2), 16)));
    return "#" + from.map((c, k) => Math.round(c + (to[k] - c) * Math.min(1, Math.abs(lean) / 0.7)).toString(16).padStart(2, "0")).join("");
  };
  const strongest = (id) => lines.map((_, k) => k).filter((k) => lines[k].ends.includes(id) && now.weights[k])
    .sort((a, b) => now.weights[b] - now.weights[a] || a - b);

  // the picture
  const nodes = new vis.DataSet(drawn.nodes.map(({ id, x, y }) => ({ id, x, y, label: "" })));
  const edges = new vis.DataSet();
  const network = new vis.Network($("network"), { nodes, edges }, read("options"));
  const pen = document.createElement("canvas").getContext("2d");

  function show() {
    now = tally();
    const least = threshold(now.weights, $("lines").value);
    now.drawn = new Set([...lines.keys()].filter((k) => now.weights[k] >= least));
    now.lit = null;
    if (selected !== null) {
      const own = lineOf.has(selected) ? [lineOf.get(selected)].filter((k) => now.weights[k]) : strongest(selected).filter((k, rank) => rank < OWN_LINES || now.drawn.has(k));
      own.forEach((k) => now.drawn.add(k));
      now.lit = { lines: new Set(own), themes: new Set([...selected.split(" "), ...own.flatMap((k) => lines[k].ends)]) };
    }
    paint();
    say(least);
    table();
    panel();
    remember();
  }
  function paint() {
    const visible = [...(now.lit ? now.lit.lines : now.drawn)], kept = new Set(visible.map((k) => lines[k].id));
    const widest = Math.max(8, ...visible.map((k) => now.weights[k])), ink = colour("ink");
    nodes.update(data.themes.map((id, k) => {
      const lean = balance(now.nodes[k]), lit = !now.lit || now.lit.themes.has(id), back = shade(now.nodes[k]);
      const strong = { background: back, border: colour("accent") };
      return {
        id, hidden: now.sizes[k] === 0, shape: SHAPES[lean], size: now.radius[k],
        color: { background: back, border: selected === id ? ink : colour("paper"), highlight: { background: back, border: ink }, hover: strong },
        opacity: lit ? 1 : 0.25, title: hint(theme.get(id).name, now.nodes[k]),
      };
    }));
    edges.remove(edges.getIds().filter((id) => !kept.has(id)));
    edges.update(visible.map((k) => {
      const { id, ends } = lines[k], lean = balance(now.edges[k]), part = now.weights[k] / widest;
      return {
        id, from: ends[0], to: ends[1], width: 0.8 + 7 * part, dashes: lean === "weakness" ? [5 + 12 * part, 4 + 8 * part] : false,
        color: { color: shade(now.edges[k]), opacity: now.lit ? 0.8 : 0.15 + 0.45 * Math.sqrt(part), hover: colour("accent") },
        title: hint(ends.map((end) => theme.get(end).name).join(" and "), now.edges[k]),
      };
    }));
    write();
  }
  const hint = (name, sums) => `${name}\n${count(sum(sums), "finding", "findings")}: ` + data.polarities.map((p, k) => `${SIGNS[p]} ${sums[k]}`).join("  ");

  // labels keep their size on the screen; where they would lie over each other the lesser theme goes without
  function write() {
    const zoom = network.getScale(), letter = Math.min(17, Math.max(11.5, 15 * zoom));
    const first = (id) => (id === selected || id === hovered ? 0 : now.lit && now.lit.themes.has(id) ? 1 : 2);
    const order = data.themes.map((id, k) => k).filter((k) => now.sizes[k])
      .sort((a, b) => first(data.themes[a]) - first(data.themes[b]) || now.sizes[b] - now.sizes[a] || a - b);
    const spot = (k) => [theme.get(data.themes[k]).x * zoom, theme.get(data.themes[k]).y * zoom, now.radius[k] * zoom];
    const disc = (k) => { const [x, y, r] = spot(k); return [x - 0.7 * r, y - 0.7 * r, x + 0.7 * r, y + 0.7 * r, k]; };
    // in a small picture a label may cover lesser themes, else there would be hardly one
    const small = zoom < 0.5, taken = small ? [] : order.map(disc);
    pen.font = `${letter}px system-ui, sans-serif`;
    const shown = new Map(order.map((k) => {
      if (small) taken.push(disc(k));
      const [x, y, r] = spot(k), words = theme.get(data.themes[k]).label.split("\n");
      const half = Math.max(...words.map((w) => pen.measureText(w).width)) / 2, high = words.length * letter, always = first(data.themes[k]) === 0;
      const at = [y + r + 2, y - r - 2 - high].find((top) => taken.every((t) =>
        t[4] === k || x - half >= t[2] || x + half <= t[0] || top >= t[3] || top + high <= t[1])) ?? (always ? y + r + 2 : null);
      if (at !== null) taken.push([x - half, at, x + half, at + high]);
      return [data.themes[k], at === null ? null : { lift: at - (y + r + 2) }];
    }));
    nodes.update(data.themes.map((id) => ({
      id, label: shown.get(id) ? theme.get(id).label : "",
      font: {
        size: letter / zoom, vadjust: ((shown.get(id)?.lift || 0) - 0.42 * letter) / zoom, strokeWidth: 3 / zoom, strokeColor: colour("paper"),
        color: !now.lit || now.lit.themes.has(id) ? colour("ink") : colour("quiet"),
      },
    })));
  }

  // the words
  function say(least) {
    if (!data.findings.length) {
      $("summary").textContent = "This graph holds no finding with a theme.";
      return;
    }
    const visits = data.inspections.filter((_, k) => now.visits[k]), bodies = new Set(visits.flatMap((i) => i.authorities));
    const there = now.weights.filter(Boolean).length;
    $("summary").textContent = `${count(now.findings, "finding", "findings")} from ${visits.length} of ${count(data.inspections.length, "inspection", "inspections")} ` +
      `in ${count(bodies.size, "authority", "authorities")}. Lines: ` +
      (now.weights.filter((w) => w >= least).length === there ? `all ${there}.` : `those of ${least} findings or more, out of ${there.toLocaleString("en")}.`) +
      " A theme that is not drawn was not written about.";
  }
  function panel(most = SHOWN) {
    if (selected === null) {
      $("chosen").textContent = "Click a theme or a line";
      $("words").replaceChildren(tag("p", {}, "The inspectors’ words behind it stand here, with document and page."),
        tag("p", { class: "quiet" }, "The larger a theme and the wider a line, the more findings. “Mostly” is at least three in five of the strengths and weaknesses; the greyer, the more even."),
        tag("h3", {}, "Most written about"), links(data.themes.map((_, k) => k).filter((k) => now.sizes[k])
          .sort((a, b) => now.sizes[b] - now.sizes[a] || a - b).slice(0, NEAR_SHOWN).map((k) => [data.themes[k], theme.get(data.themes[k]).name, now.sizes[k]])));
      return;
    }
    const line = lineOf.get(selected), wanted = selected.split(" ").map((t) => number.get(t));
    const sums = line === undefined ? now.nodes[wanted[0]] : now.edges[line], total = sum(sums);
    const found = data.findings.filter(([visit, polarity, themes, iri]) =>
      iri && now.visits[visit] && counted.has(polarity) && wanted.every((k) => themes.includes(k))).reverse();
    $("chosen").textContent = wanted.map((k) => theme.get(data.themes[k]).name).join(" and ");
    const group = line === undefined ? theme.get(selected) : null;
    const bar = tag("div", { class: "bar", "aria-hidden": "true" }, ...data.polarities.map((p) => tag("span", { class: p })));
    [...bar.children].forEach((part, k) => { part.style.flexGrow = sums[k]; });
    const shown = Math.min(most, found.length);
    const less = found.length < total ? `; the page carries the words of ${found.length.toLocaleString("en")}` : "";
    $("words").replaceChildren(
      group && group.group && group.group !== group.name ? tag("p", { class: "quiet" }, "One of the themes of " + group.group) : "",
      tag("p", { class: "tally" }, ...data.polarities.map((p, k) => tag("span", {}, sign(p), ` ${sums[k]} ${p}`))), bar,
      ...near(), tag("h3", { id: "counts" }, shown < total ? `${shown} of ${count(total, "finding", "findings")}, newest first${less}` : count(total, "finding", "findings")),
      ...found.slice(0, most).map(quote),
      total === 0 ? tag("p", { class: "quiet" }, "None under the filters chosen above.") : "",
      found.length > most ? tag("button", { type: "button", id: "more", onclick: () => panel(most + 100) }, "Show more") : "");
  }
  const near = () => {
    if (lineOf.has(selected)) return [tag("h3", {}, "Each theme"), links(selected.split(" ").map((id) => [id, theme.get(id).name, now.sizes[number.get(id)]]))];
    const found = strongest(selected).slice(0, NEAR_SHOWN);
    return found.length ? [tag("h3", {}, "Goes most with"), links(found.map((k) =>
      [lines[k].id, theme.get(lines[k].ends.find((end) => end !== selected)).name, now.weights[k]]))] : [];
  };
  const links = (items) => tag("ul", { class: "links" }, ...items.map(([id, name, n]) =>
    tag("li", {}, tag("button", { type: "button", onclick: () => select(id) }, `${name} `, tag("span", { class: "quiet" }, n.toLocaleString("en"))))));
  const quote = ([visit, polarity, , iri, title, at, statement]) => {
    const inspection = data.inspections[visit], name = data.polarities[polarity];
    return tag("div", { class: "finding " + name },
      tag("p", { dir: "auto" }, statement),
      tag("p", { class: "quiet" }, sign(name), ` ${name} · ${inspection.authorities.join(", ")} · ${inspection.framework} · ${inspection.start || "no date"}`),
      place(data.titles[title], at, data.base + iri));
  };
  function table() {
    const make = (caption, ids, name, sums) => grid(caption, [name, ...data.polarities, "all"],
      ids.map(([id, words, k]) => [chooser(select, id, words), ...sums[k].map(String), String(sum(sums[k]))]));
    const themes = data.themes.map((id, k) => [id, theme.get(id).name, k]).filter(([, , k]) => now.sizes[k]).sort((a, b) => now.sizes[b[2]] - now.sizes[a[2]] || a[2] - b[2]);
    const pairs = [...now.drawn].sort((a, b) => now.weights[b] - now.weights[a] || a - b).map((k) => [lines[k].id, lines[k].ends.map((e) => theme.get(e).name).join(" and "), k]);
    $("tables").replaceChildren(make("Themes", themes, "Theme", now.nodes), make("Lines", pairs, "Two themes", now.edges));
  }

  // choosing
  function select(id) {
    selected = id;
    if (theme.has(id)) network.selectNodes([id], false);
    else network.unselectAll();
    show();
  }
  searching(() => drawn.nodes.filter((n) => now.sizes[number.get(n.id)]), (found) => {
    select(found.id);
    network.focus(found.id, { scale: Math.max(0.9, network.getScale()), animation: false });
  });
  const whole = () => {
    network.fit({ maxZoomLevel: 1.4, animation: false });
    write();
  };
  network.on("click", (event) => select(event.nodes[0] || event.edges[0] || null));
  network.on("hoverNode", ({ node }) => { hovered = node; write(); });
  network.on("blurNode", () => { hovered = null; write(); });
  steer(network, { write, whole, select, reset: () => { restore(new URLSearchParams()); show(); whole(); } });
  for (const id of KEPT) $(id).addEventListener("change", show);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  addEventListener("hashchange", () => { recall(); show(); });

  // the state stands in the page's address, so that a filtered view can be sent
  function remember() {
    const state = new URLSearchParams();
    for (const id of KEPT) if ($(id).value !== DEFAULTS[id]) state.set(id, $(id).value);
    if (counted.size < data.polarities.length) state.set("count", [...counted].sort().map((k) => data.polarities[k]).join(","));
    if (selected) state.set("selected", selected.split(" ").map((t) => t.replace(data.base, "")).join(" "));
    history.replaceState(null, "", "#" + state);
  }
  function restore(state) {
    for (const id of KEPT) {
      $(id).value = state.get(id) ?? DEFAULTS[id];
      if ($(id).selectedIndex < 0) $(id).value = DEFAULTS[id];
    }
    const wanted = state.has("count") ? state.get("count").split(",") : data.polarities;
    data.polarities.forEach((p, k) => {
      $("p-" + p).checked = wanted.includes(p);
      wanted.includes(p) ? counted.add(k) : counted.delete(k);
    });
    const known = (state.get("selected") || "").split(" ").filter(Boolean).map((t) => (t.includes("://") ? t : data.base + t)).sort().join(" ");
    selected = theme.has(known) || lineOf.has(known) ? known : null;
    if (theme.has(selected)) network.selectNodes([selected], false);
    else network.unselectAll();
  }
  const recall = () => restore(new URLSearchParams(location.hash.slice(1)));

  recall();
  show();
  whole();
  ready(network);
})();
