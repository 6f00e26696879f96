"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const read = (id) => JSON.parse($(id).textContent);
  const drawn = read("network-data");
  const data = read("data");
  const names = new Map(drawn.nodes.map((n) => [n.id, n.label]));
  const byName = new Map(drawn.nodes.map((n) => [n.label.toLowerCase(), n.id]));
  const groups = new Map(drawn.nodes.map((n) => [n.id, n.group]));
  const SIGNS = { strength: "▲", weakness: "▼", mixed: "◆", neutral: "●" };
  const SHOWN = 40;
  let selected = null;

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const year = (inspection) => (inspection.start ? Number(inspection.start.slice(0, 4)) : null);
  const tag = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else element.setAttribute(key, value);
    }
    element.append(...children.filter((c) => c !== null));
    return element;
  };

  // what is chosen
  const years = [...new Set(data.inspections.map(year).filter((y) => y !== null))].sort();
  const fill = (id, values) => $(id).append(...values.map((v) => tag("option", { value: v }, String(v))));
  const distinct = (key) => [...new Set(data.inspections.map((i) => i[key]).filter(Boolean))].sort();
  for (const key of ["authority", "region", "framework"]) fill(key, distinct(key));
  fill("from", years);
  fill("to", years);
  $("to").value = years.length ? years[years.length - 1] : "";
  const counted = new Set(data.polarities.map((_, k) => k));
  const legend = $("legend");
  data.polarities.forEach((name, k) => {
    const box = tag("input", { type: "checkbox", id: "p-" + name });
    box.checked = true;
    box.addEventListener("change", () => { box.checked ? counted.add(k) : counted.delete(k); show(); });
    legend.append(tag("label", {}, box, tag("span", { class: "shape", style: "color:var(--" + name + ")" }, SIGNS[name]), name));
  });
  legend.append(tag("p", {}, "Size: findings. Shape and colour: ▲ more strengths, ▼ more weaknesses, ● as many of both. Line: themes in one finding."));

  const chosen = () => {
    const wanted = { authority: $("authority").value, region: $("region").value, framework: $("framework").value };
    const from = Number($("from").value), to = Number($("to").value);
    return data.inspections.map((i) =>
      Object.entries(wanted).every(([key, value]) => !value || i[key] === value) &&
      (year(i) === null ? from === years[0] && to === years[years.length - 1] : year(i) >= from && year(i) <= to));
  };
  const tally = (counts, visits) => {
    const sums = data.polarities.map(() => 0);
    for (const [inspection, polarity, n] of counts) if (visits[inspection] && counted.has(polarity)) sums[polarity] += n;
    return sums;
  };
  const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
  const balance = ([strengths, weaknesses]) => (strengths === weaknesses ? "neutral" : strengths > weaknesses ? "strength" : "weakness");

  // the picture
  const nodes = new vis.DataSet(drawn.nodes.map((n) => ({ ...n, shape: "dot", size: 8, group: undefined })));
  const edges = new vis.DataSet(drawn.edges.map((e) => ({ ...e, id: e.from + " " + e.to, hidden: true })));
  const network = new vis.Network($("network"), { nodes, edges }, read("options"));
  const SHAPE = { strength: "triangle", weakness: "triangleDown", neutral: "dot" };
  let now = { nodes: new Map(), edges: new Map(), visits: [] };

  function show() {
    const visits = chosen();
    const least = Math.max(1, Number($("least").value) || 1);
    now = { visits, nodes: new Map(), edges: new Map() };
    for (const id of names.keys()) now.nodes.set(id, tally(data.nodes[id] || [], visits));
    for (const [pair, counts] of Object.entries(data.edges)) now.edges.set(pair, tally(counts, visits));
    const near = selected === null ? null : neighbours(least);
    const largest = Math.max(1, ...[...now.nodes.values()].map(sum));
    const widest = Math.max(1, ...[...now.edges.values()].map(sum));
    nodes.update([...names.keys()].map((id) => {
      const sums = now.nodes.get(id), lean = balance(sums), lit = near === null || near.has(id);
      return {
        id, hidden: sum(sums) === 0, shape: SHAPE[lean], size: 7 + 26 * Math.sqrt(sum(sums) / largest),
        color: { background: colour(lean), border: colour("ink"), highlight: { background: colour(lean), border: colour("accent") }, hover: { background: colour(lean), border: colour("accent") } },
        opacity: lit ? 1 : 0.2, font: { color: lit ? colour("ink") : colour("line") }, title: label(id, sums),
      };
    }));
    edges.update([...now.edges].map(([pair, sums]) => {
      const [from, to] = pair.split(" ");
      const lit = near === null || selected === pair || selected === from || selected === to;
      return {
        id: pair, hidden: sum(sums) < least, width: 0.6 + 9 * (sum(sums) / widest), dashes: sums[1] > sums[0],
        color: { color: lit ? colour(balance(sums)) : colour("line"), opacity: lit ? 0.65 : 0.15, hover: colour("accent") },
        title: `${names.get(from)} – ${names.get(to)}\n${sum(sums)} findings carry both`,
      };
    }));
    const read = visits.filter(Boolean).length;
    const all = new Set(data.inspections.filter((_, k) => visits[k]).map((i) => i.authority));
    $("summary").textContent = `${read} of ${data.inspections.length} inspections in ${all.size} ` +
      `${all.size === 1 ? "authority" : "authorities"}. A theme that is not drawn was not written about there.`;
    table();
    panel();
    remember();
  }
  const label = (id, sums) => `${names.get(id)}\n` + data.polarities.map((p, k) => `${sums[k]} ${p}`).join(", ");
  const neighbours = (least) => {
    const near = new Set(selected.split(" "));
    if (!selected.includes(" ")) {
      for (const [pair, sums] of now.edges) {
        const ends = pair.split(" ");
        if (sum(sums) >= least && ends.includes(selected)) ends.forEach((e) => near.add(e));
      }
    }
    return near;
  };

  // the words
  function panel() {
    const box = $("panel");
    if (selected === null) {
      box.replaceChildren(tag("h2", {}, "Click a theme or a line"),
        tag("p", {}, "The words of the documents behind it stand here, with document and page."));
      return;
    }
    const themes = selected.split(" ");
    const sums = (themes.length > 1 ? now.edges.get(selected) : now.nodes.get(selected)) || [0, 0, 0, 0];
    const found = data.findings.filter(([, , polarity, inspection, , , carried]) =>
      now.visits[inspection] && counted.has(polarity) && themes.every((t) => carried.includes(t)));
    const bar = tag("div", { class: "bar", role: "img", "aria-label": data.polarities.map((p, k) => sums[k] + " " + p).join(", ") },
      ...data.polarities.map((p, k) => tag("span", { style: `width:${100 * sums[k] / Math.max(1, sum(sums))}%;background:var(--${p})` })));
    box.replaceChildren(
      tag("h2", {}, themes.map((t) => names.get(t)).join(" and ")),
      tag("p", {}, data.polarities.map((p, k) => `${SIGNS[p]} ${sums[k]} ${p}`).join("   ")), bar,
      themes.length > 1 ? null : tag("p", {}, groups.get(selected) === names.get(selected) ? "" : "under " + groups.get(selected)),
      tag("h3", {}, found.length < sum(sums) ? `${Math.min(SHOWN, found.length)} of ${sum(sums)} findings (the page carries ${found.length})`
        : found.length > SHOWN ? `${SHOWN} of ${found.length} findings` : `${found.length} findings`),
      ...found.slice(0, SHOWN).map(quote));
  }
  const quote = ([iri, statement, polarity, inspection, title, page]) => {
    const visit = data.inspections[inspection], name = data.polarities[polarity];
    return tag("div", { class: "finding " + name },
      tag("p", {}, statement),
      tag("p", { class: "where" }, `${SIGNS[name]} ${name} · ${visit.authority} ${visit.start || ""} · ${title}${page ? ", page " + page : ""} `,
        tag("button", { type: "button", onclick: (event) => copy(iri, event.target) }, "Copy IRI")));
  };
  const copy = (words, button) => {
    const done = () => { button.textContent = "Copied"; };
    const byHand = () => { button.replaceWith(tag("input", { value: words, readonly: "", "aria-label": "IRI" })); };
    if (navigator.clipboard) navigator.clipboard.writeText(words).then(done, byHand);
    else byHand();
  };
  function table() {
    const rows = [...now.nodes].filter(([, sums]) => sum(sums)).sort((a, b) => sum(b[1]) - sum(a[1]) || (a[0] < b[0] ? -1 : 1));
    const head = tag("tr", {}, tag("th", { scope: "col" }, "Theme"), ...data.polarities.map((p) => tag("th", { scope: "col" }, p)), tag("th", { scope: "col" }, "all"));
    $("table").replaceChildren(tag("table", {}, tag("thead", {}, head), tag("tbody", {}, ...rows.map(([id, sums]) =>
      tag("tr", {}, tag("td", {}, tag("button", { type: "button", onclick: () => select(id) }, names.get(id))),
        ...sums.map((n) => tag("td", {}, String(n))), tag("td", {}, String(sum(sums))))))));
  }

  // choosing
  function select(id) {
    selected = id;
    if (id !== null && !id.includes(" ") && names.has(id)) network.selectNodes([id]);
    else network.unselectAll();
    show();
  }
  network.on("click", (event) => select(event.nodes[0] || event.edges[0] || null));
  $("search").addEventListener("change", () => {
    const id = byName.get($("search").value.trim().toLowerCase());
    if (id) { select(id); network.focus(id, { scale: 0.9, animation: false }); }
  });
  $("controls").addEventListener("submit", (event) => event.preventDefault());
  for (const id of ["authority", "region", "framework", "from", "to", "least"]) $(id).addEventListener("change", show);
  $("reset").addEventListener("click", () => {
    $("controls").reset();
    $("to").value = years.length ? years[years.length - 1] : "";
    select(null);
    network.fit();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") select(null); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);

  // the state stands in the page's address, so that a filtered view can be sent
  const KEPT = ["authority", "region", "framework", "from", "to", "least"];
  function remember() {
    const state = new URLSearchParams();
    for (const id of KEPT) if ($(id).value !== "") state.set(id, $(id).value);
    state.set("count", [...counted].sort().map((k) => data.polarities[k]).join(","));
    if (selected) state.set("selected", selected.split(" ").map((t) => t.replace(data.base, "")).join(" "));
    history.replaceState(null, "", "#" + state);
  }
  function recall() {
    const state = new URLSearchParams(location.hash.slice(1));
    for (const id of KEPT) if (state.has(id)) $(id).value = state.get(id);
    if (state.has("count")) {
      const wanted = state.get("count").split(",");
      data.polarities.forEach((p, k) => { $("p-" + p).checked = wanted.includes(p); wanted.includes(p) ? counted.add(k) : counted.delete(k); });
    }
    const known = (state.get("selected") || "").split(" ").filter(Boolean).map((t) => data.base + t);
    selected = known.length && known.every((t) => names.has(t)) ? known.join(" ") : null;
  }
  recall();
  show();
  network.once("afterDrawing", () => { document.documentElement.dataset.drawn = "yes"; });
  network.fit();
})();
