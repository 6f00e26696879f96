(async () => {
  const { $, SIGNS, chooser, colour, count, fill, glide, library, ready, recoloured, searching, sign, steer, sum, table: grid, tag, unpack } = page;
  const drawn = await unpack("drawn"), data = await unpack("data");
  const said = await evidence.read(data.evidence), { columns } = said;
  await library();
  const SHAPES = { strength: "triangle", weakness: "triangleDown", neutral: "dot", plain: "square" };
  const SHOWN = 30, OWN_LINES = 12, NEAR_SHOWN = 10, ROWS = 1500, NAMED = 24, JUDGED = 3, CHANGED = 0.1, STEP = 110;

  // what can be drawn: themes, and where they are too many the broad ones that stand for them
  const themes = drawn.nodes.length;
  const units = [...drawn.nodes, ...data.groups.map((g) => ({ ...g, id: "group/" + g.name, group: "" }))];
  const number = new Map(units.map((n, k) => [n.id, k])), opened = new Set();
  const broad = units.map((n) => number.get("group/" + n.group) ?? -1);
  const unit = (theme) => (broad[theme] < 0 || opened.has(broad[theme]) ? theme : broad[theme]);
  const polarity = columns.label.map((label) => data.polarities.indexOf(columns.labels[label]));
  const nodeOf = new Map(data.concepts.map((concept, k) => [concept, k]));
  const carries = columns.themes.map((own) => own.map((c) => nodeOf.get(c)).sort((a, b) => a - b));
  const year = (inspection) => (inspection[2] ? Number(inspection[2].slice(0, 4)) : null);

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
  const counted = new Set();
  let selected = null, hovered = null;
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

  // what it comes to
  let now;
  const SIZE = units.length, ends = (key) => [Math.floor(key / SIZE), key % SIZE];
  const carried = (k, least) => {
    const found = least ? carries[k].filter((t) => said.surely(k, data.concepts[t]) >= least) : carries[k];
    return data.groups.length ? [...new Set(found.map(unit))].sort((a, b) => a - b) : found;
  };
  const tally = (visits) => {
    const least = Number($("sure").value), cohort = columns.concepts.indexOf($("cohort").value), weak = $("join").value === "weak";
    const nodes = new Map(), edges = new Map(), kept = [], faults = columns.unders.map(() => new Set());
    const add = (map, key, p) => { let sums = map.get(key); if (!sums) map.set(key, (sums = data.polarities.map(() => 0))); sums[p] += 1; };
    for (let k = 0; k < said.size; k += 1) {
      const p = polarity[k];
      if (!visits[columns.under[k]] || !counted.has(p) || (least && said.sure(k) * 100 < least) || (cohort >= 0 && !columns.cohorts[k].includes(cohort))) continue;
      const own = carried(k, least);
      if (!own.length) continue;
      kept.push(k);
      own.forEach((a, n) => {
        add(nodes, a, p);
        if (weak && p === 1) faults[columns.under[k]].add(a);
        if (!weak) for (let m = n + 1; m < own.length; m += 1) add(edges, a * SIZE + own[m], p);
      });
    }
    for (const found of weak ? faults : []) {
      const own = [...found].sort((a, b) => a - b);
      own.forEach((a, n) => { for (let m = n + 1; m < own.length; m += 1) add(edges, a * SIZE + own[m], 1); });
    }
    return { visits, nodes, edges, kept };
  };
  const NONE = data.polarities.map(() => 0);
  const of = (part, key, then) => ((then ? now.then : now)[part].get(key) || NONE);
  // the fewest findings a line needs, so that no more than the wanted number of lines is drawn, and equal ones alike
  const threshold = (weights, wanted) => {
    const found = [...weights].sort((a, b) => b - a);
    if (wanted === "all" || found.length <= Number(wanted)) return 1;
    return Math.min(found[Number(wanted)] + 1, found[0]);
  };
  const lean = ([strengths, weaknesses]) => (strengths + weaknesses ? (strengths - weaknesses) / (strengths + weaknesses) : 0);
  // of two periods the change counts, of one the balance; in both 1 is best and -1 worst
  const verdict = (part, key) => {
    const sums = of(part, key);
    if (!now.then) return { tone: lean(sums) >= 0.2 ? "strength" : lean(sums) <= -0.2 ? "weakness" : "neutral", shade: lean(sums) };
    const after = of(part, key, true), few = [sums, after].some((s) => s[0] + s[1] < JUDGED), rise = lean(after) - lean(sums);
    return few ? { tone: "plain", shade: 0 } : { tone: rise >= 2 * CHANGED ? "strength" : rise <= -2 * CHANGED ? "weakness" : "neutral", shade: rise };
  };
  // the nearer to even, the greyer
  const shade = (value) => {
    const [from, to] = [colour("neutral"), colour(value > 0 ? "strength" : "weakness")].map((c) => [1, 3, 5].map((k) => parseInt(c.slice(k, k + 2), 16)));
    return "#" + from.map((c, k) => Math.round(c + (to[k] - c) * Math.min(1, Math.abs(value) / 0.7)).toString(16).padStart(2, "0")).join("");
  };
  const both = (key, part) => sum(of(part, key)) + (now.then ? sum(of(part, key, true)) : 0);
  const idOf = (key) => ends(key).map((k) => units[k].id).join(" ");
  const nameOf = (key) => ends(key).map((k) => units[k].name).join(" and ");
  const keyOf = (id) => {
    if (number.has(id)) return { node: number.get(id) };
    const [a, b] = (id || "").split(" ").map((end) => number.get(end)).sort((p, q) => p - q);
    return a === undefined || b === undefined || a === b ? {} : { edge: a * SIZE + b };
  };
  const byWeight = (part) => (a, b) => now.weight[part].get(b) - now.weight[part].get(a) || a - b;
  const strongest = (node) => [...now.weight.edges.keys()].filter((key) => ends(key).includes(node)).sort(byWeight("edges"));

  // the picture
  const nodes = new vis.DataSet(), edges = new vis.DataSet();
  const network = new vis.Network($("network"), { nodes, edges }, JSON.parse($("options").textContent));
  glide(network, () => nodes.length + edges.length);
  const pen = document.createElement("canvas").getContext("2d");
  // an unfolded broad theme is a field of its themes in its own place, and the others make room
  function places() {
    const spots = new Map(units.map((n, k) => [k, { x: n.x, y: n.y }]));
    for (const group of opened) {
      const own = now.shown.filter((k) => broad[k] === group), wide = Math.ceil(Math.sqrt(own.length)), middle = spots.get(group), room = (wide * STEP) / 2;
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
      const hull = around(own.filter((t) => now.weight.nodes.has(t)).flatMap((t) => Array.from({ length: 8 }, (_, n) => {
        const { x, y } = now.spots.get(t), far = now.radius.get(t) + 18;
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
    now = tally(visited(from, to));
    $("until").parentElement.hidden = !$("then").value;
    now.then = $("then").value ? tally(visited($("then").value, $("until").value)) : null;
    now.weight = Object.fromEntries(["nodes", "edges"].map((part) => [part, new Map([...new Set([...now[part].keys(), ...(now.then ? now.then[part].keys() : [])])].map((key) => [key, both(key, part)]))]));
    now.shown = [...now.weight.nodes.keys()].sort(byWeight("nodes"));
    const largest = Math.max(1, ...now.shown.slice(0, 1).map((k) => now.weight.nodes.get(k)));
    now.radius = new Map(now.shown.map((k) => [k, data.radius[0] + data.radius[1] * Math.sqrt(now.weight.nodes.get(k) / largest)]));
    now.spots = places();
    const least = threshold(now.weight.edges.values(), $("lines").value);
    now.drawn = new Set([...now.weight.edges.keys()].filter((key) => now.weight.edges.get(key) >= least));
    const chosen = keyOf(selected);
    now.lit = null;
    if (selected !== null) {
      const own = chosen.edge !== undefined ? [chosen.edge].filter((key) => now.weight.edges.has(key)) : strongest(chosen.node).filter((key, rank) => rank < OWN_LINES || now.drawn.has(key));
      own.forEach((key) => now.drawn.add(key));
      now.lit = { lines: new Set(own), units: new Set([...(chosen.edge !== undefined ? ends(chosen.edge) : [chosen.node]), ...own.flatMap(ends)]) };
    }
    paint();
    explain();
    say(least);
    table();
    panel();
    remember();
  }
  function paint() {
    const visible = [...(now.lit ? now.lit.lines : now.drawn)], kept = new Set(visible.map(idOf)), there = new Set(now.shown.map((k) => units[k].id));
    const widest = Math.max(8, ...visible.map((key) => now.weight.edges.get(key))), ink = colour("ink");
    nodes.remove(nodes.getIds().filter((id) => !there.has(id)));
    nodes.update(now.shown.map((k) => {
      const { tone, shade: value } = verdict("nodes", k), lit = !now.lit || now.lit.units.has(k), back = shade(value), { id } = units[k];
      return {
        id, ...now.spots.get(k), shape: SHAPES[tone], size: now.radius.get(k),
        color: { background: back, border: selected === id ? ink : colour("paper"), highlight: { background: back, border: ink }, hover: { background: back, border: colour("accent") } },
        opacity: lit ? 1 : 0.25, title: hint(units[k].name, "nodes", k),
      };
    }));
    edges.remove(edges.getIds().filter((id) => !kept.has(id)));
    edges.update(visible.map((key) => {
      const { tone, shade: value } = verdict("edges", key), part = now.weight.edges.get(key) / widest, [from, to] = ends(key).map((k) => units[k].id);
      return {
        id: idOf(key), from, to, width: 0.8 + 7 * part, dashes: tone === "weakness" ? [5 + 12 * part, 4 + 8 * part] : false,
        color: { color: shade(value), opacity: now.lit ? 0.8 : 0.15 + 0.45 * Math.sqrt(part), hover: colour("accent") }, title: hint(nameOf(key), "edges", key),
      };
    }));
    write();
  }
  const what = (part, n) => (part === "edges" && $("join").value === "weak" ? count(n, "inspection weak on both", "inspections weak on both") : count(n, "finding", "findings"));
  const period = (then) => { const [a, b] = [$(then ? "then" : "from").value, $(then ? "until" : "to").value]; return a === b ? a : `${a}–${b}`; };
  const hint = (name, part, key) => [name, ...(now.then ? [false, true] : [false]).map((then) => {
    const sums = of(part, key, then);
    return `${now.then ? period(then) + ": " : ""}${what(part, sum(sums))}${part === "edges" && $("join").value === "weak" ? "" : ": " + data.polarities.map((p, k) => `${SIGNS[p]} ${sums[k]}`).join("  ")}`;
  })].join("\n");

  // labels keep their size on the screen; where they would lie over each other the lesser theme goes without
  const measured = new Map();
  const width = (words, letter) => {
    if (!measured.has(words)) { pen.font = "100px system-ui, sans-serif"; measured.set(words, pen.measureText(words).width / 100); }
    return measured.get(words) * letter;
  };
  function write() {
    const zoom = network.getScale(), letter = Math.min(17, Math.max(11.5, 15 * zoom));
    const first = (k) => (units[k].id === selected || units[k].id === hovered ? 0 : now.lit && now.lit.units.has(k) ? 1 : 2);
    const order = [...now.shown].sort((a, b) => first(a) - first(b) || now.weight.nodes.get(b) - now.weight.nodes.get(a) || a - b);
    const spot = (k) => [now.spots.get(k).x * zoom, now.spots.get(k).y * zoom, now.radius.get(k) * zoom];
    const disc = (k) => { const [x, y, r] = spot(k); return [x - 0.7 * r, y - 0.7 * r, x + 0.7 * r, y + 0.7 * r, k]; };
    // the largest themes have their names even where these cover much smaller ones; in a small picture all may
    const small = zoom < 0.5 || order.length > 500, taken = small ? [] : order.map(disc), all = order.slice(0, 800);
    const lifts = new Map(all.map((k, rank) => {
      if (small) taken.push(disc(k));
      const [x, y, r] = spot(k), words = units[k].label.split("\n");
      const half = Math.max(...words.map((w) => width(w, letter))) / 2, high = words.length * letter, always = first(k) === 0;
      const at = [y + r + 2, y - r - 2 - high].find((top) => taken.every((t) =>
        t[4] === k || (rank < NAMED && now.radius.get(t[4]) < 0.6 * now.radius.get(k)) || x - half >= t[2] || x + half <= t[0] || top >= t[3] || top + high <= t[1])) ?? (always ? y + r + 2 : null);
      if (at !== null) taken.push([x - half, at, x + half, at + high]);
      return [k, at === null ? null : at - (y + r + 2)];
    }));
    const [ink, quiet, paper] = ["ink", "quiet", "paper"].map(colour);
    nodes.update(now.shown.map((k) => {
      const lift = lifts.get(k) ?? null;
      return {
        id: units[k].id, label: lift === null ? "" : units[k].label,
        font: { size: letter / zoom, vadjust: ((lift || 0) - 0.42 * letter) / zoom, strokeWidth: 3 / zoom, strokeColor: paper, color: !now.lit || now.lit.units.has(k) ? ink : quiet },
      };
    }));
  }

  // the words
  function explain() {
    const tones = now.then ? [["strength", "better"], ["neutral", "much the same"], ["weakness", "worse"], ["plain", "too little written to say"]] : [["strength", "mostly strengths"], ["neutral", "between"], ["weakness", "mostly weaknesses"]];
    $("tones").replaceChildren(tag("b", {}, now.then ? `From ${period(false)} to ${period(true)}` : "Themes"), ...tones.map(([tone, words]) => tag("span", {}, sign(tone), " " + words)));
    $("lines-mean").replaceChildren(tag("b", {}, "Lines"), tag("span", {}, $("join").value === "weak" ? "inspections with a weakness in both" : "findings with both themes"), tag("span", {}, `╌╌ ${now.then ? "worse" : "mostly weaknesses"}`));
  }
  function say(least) {
    if (!said.size) {
      $("summary").textContent = "This graph holds no finding with a theme.";
      return;
    }
    const seen = columns.unders.filter((_, k) => now.visits[k] || (now.then && now.then.visits[k])), bodies = new Set(seen.flatMap((i) => i[0]));
    const there = now.weight.edges.size, drawn = [...now.weight.edges.values()].filter((w) => w >= least).length, findings = now.kept.length + (now.then ? now.then.kept.length : 0);
    $("summary").textContent = `${count(findings, "finding", "findings")} from ${seen.length} of ${count(columns.unders.length, "inspection", "inspections")} ` +
      `in ${count(bodies.size, "authority", "authorities")}${now.then ? `: ${now.kept.length.toLocaleString("en")} of ${period(false)} and ${now.then.kept.length.toLocaleString("en")} of ${period(true)}` : ""}. ` +
      (now.shown.length ? `Lines: ${drawn === there ? `all ${there.toLocaleString("en")}.` : `those of ${what("edges", least)} or more, out of ${there.toLocaleString("en")}.`} A theme that is not drawn was not written about.` : "Nothing was written about this: choose fewer filters, or Reset.");
  }
  const bar = (sums) => {
    const made = tag("div", { class: "bar", "aria-hidden": "true" }, ...data.polarities.map((p) => tag("span", { class: p })));
    [...made.children].forEach((part, k) => { part.style.flexGrow = sums[k]; });
    return made;
  };
  const sums = (part, key, then) => [now.then ? tag("h3", {}, period(then)) : "", tag("p", { class: "tally" }, ...data.polarities.map((p, k) => tag("span", {}, sign(p), ` ${of(part, key, then)[k]} ${p}`))), bar(of(part, key, then))];
  function panel(most = SHOWN) {
    const { node, edge } = keyOf(selected), part = edge === undefined ? "nodes" : "edges", key = edge ?? node;
    if (key === undefined) {
      $("chosen").textContent = "Click a theme or a line";
      $("words").replaceChildren(tag("p", {}, "The inspectors’ words behind it stand here, with document and page."),
        tag("p", { class: "quiet" }, now.then ? "A theme is better or worse where the share of weaknesses among strengths and weaknesses changed by a tenth or more, with three of them in each period." :
          "The larger a theme and the wider a line, the more findings. “Mostly” is at least three in five of the strengths and weaknesses; the greyer, the more even."),
        tag("h3", {}, now.then ? "What changed most" : "Most weaknesses"), links(ranked().map((k) => [units[k].id, units[k].name, now.then ? change(k) : `▼ ${of("nodes", k)[1]} of ${sum(of("nodes", k))}`])));
      return;
    }
    const weak = edge !== undefined && $("join").value === "weak", wanted = edge === undefined ? [node] : ends(edge), least = Number($("sure").value);
    const fits = (k) => { const own = carried(k, least); return weak ? polarity[k] === 1 && wanted.some((t) => own.includes(t)) : wanted.every((t) => own.includes(t)); };
    let found = [...(now.then ? now.then.kept : []), ...now.kept].filter(fits);
    if (weak) {
      const has = wanted.map((t) => new Set(found.filter((k) => carried(k, least).includes(t)).map((k) => columns.under[k])));
      found = found.filter((k) => has.every((set) => set.has(columns.under[k])));
    }
    found = [...new Set(found)].sort((a, b) => columns.under[b] - columns.under[a] || a - b);
    $("chosen").textContent = wanted.map((k) => units[k].name).join(" and ");
    const group = edge === undefined ? units[node].group : "";
    $("words").replaceChildren(
      group && group !== units[node].name ? tag("p", { class: "quiet" }, "One of the themes of " + group) : "",
      edge === undefined && node >= themes ? tag("p", {}, tag("button", { type: "button", id: "unfold", onclick: () => fold(node, true) }, `Unfold its ${count(broad.filter((g) => g === node).length, "theme", "themes")}`)) : "",
      edge === undefined && opened.has(broad[node]) ? tag("p", {}, tag("button", { type: "button", id: "refold", onclick: () => fold(broad[node], false) }, `Fold ${units[broad[node]].name}`)) : "",
      ...sums(part, key, false), ...(now.then ? sums(part, key, true) : []),
      ...near(node, edge),
      edge === undefined && data.communities.some((own) => own.includes(node)) ? tag("p", { class: "quiet" }, "In a community with " + data.communities.find((own) => own.includes(node)).filter((k) => k !== node).map((k) => units[k].name).join(", ")) : "",
      tag("h3", { id: "counts" }, found.length > most ? `${most} of ${count(found.length, "finding", "findings")}, newest inspection first` : count(found.length, "finding", "findings")),
      ...found.slice(0, most).map(said.quote),
      found.length === 0 ? tag("p", { class: "quiet" }, "None under the filters chosen above.") : "",
      found.length > most ? tag("button", { type: "button", id: "more", onclick: () => panel(most + 100) }, "Show more") : "");
  }
  const percent = (s) => (s[0] + s[1] ? Math.round((100 * s[1]) / (s[0] + s[1])) + " %" : "–");
  const change = (k) => `▼ ${percent(of("nodes", k))} → ${percent(of("nodes", k, true))}`;
  const ranked = () => [...now.shown].filter((k) => !now.then || verdict("nodes", k).tone !== "plain")
    .sort((a, b) => (now.then ? Math.abs(verdict("nodes", b).shade) - Math.abs(verdict("nodes", a).shade) : of("nodes", b)[1] - of("nodes", a)[1]) || a - b).slice(0, NEAR_SHOWN);
  const near = (node, edge) => {
    if (edge !== undefined) return [tag("h3", {}, "Each theme"), links(ends(edge).map((k) => [units[k].id, units[k].name, now.weight.nodes.get(k) ?? 0]))];
    const found = strongest(node).slice(0, NEAR_SHOWN);
    return found.length ? [tag("h3", {}, $("join").value === "weak" ? "Weak in the same inspections" : "Goes most with"), links(found.map((key) => [idOf(key), units[ends(key).find((k) => k !== node)].name, now.weight.edges.get(key)]))] : [];
  };
  const links = (items) => tag("ul", { class: "links" }, ...items.map(([id, name, n]) =>
    tag("li", {}, tag("button", { type: "button", onclick: () => select(id) }, `${name} `, tag("span", { class: "quiet" }, n.toLocaleString("en"))))));
  const pairs = () => [...now.drawn].sort(byWeight("edges"));
  const periods = () => (now.then ? [false, true] : [false]);
  const numbers = (part, key) => periods().flatMap((then) => { const s = of(part, key, then); return [...s, sum(s)]; });
  const headed = () => periods().flatMap((then) => [...data.polarities, "all"].map((p) => (now.then ? `${p}, ${period(then)}` : p)));
  function table() {
    const make = (caption, name, part, keys, id, words) => grid(caption + (keys.length > ROWS ? ` (the first ${ROWS} of ${keys.length.toLocaleString("en")})` : ""), [name, ...headed()],
      keys.slice(0, ROWS).map((key) => [chooser(select, id(key), words(key)), ...numbers(part, key).map(String)]));
    const draw = () => $("tables").replaceChildren(make("Themes", "Theme", "nodes", now.shown, (k) => units[k].id, (k) => units[k].name), make($("join").value === "weak" ? "Inspections weak on both" : "Lines", "Two themes", "edges", pairs(), idOf, nameOf));
    // a closed table costs nothing until it is opened
    if ($("as-table").open) draw();
    $("as-table").ontoggle = () => { if ($("as-table").open) draw(); };
  }
  const seen = () => ({
    shapes: { columns: ["id", "theme", "broader", ...headed()], rows: now.shown.map((k) => [units[k].id, units[k].name, units[k].group, ...numbers("nodes", k)]) },
    lines: { columns: ["source", "target", "themes", ...headed()], rows: pairs().map((key) => [...ends(key).map((k) => units[k].id), nameOf(key), ...numbers("edges", key)]) },
    words: { columns: evidence.HEAD, rows: [...new Set([...now.kept, ...(now.then ? now.then.kept : [])])].map(said.row) },
  });

  // choosing
  function select(id) {
    selected = id;
    mark();
    show();
  }
  function mark() {
    if (number.has(selected) && nodes.get(selected)) network.selectNodes([selected], false);
    else network.unselectAll();
  }
  function fold(group, open) {
    open ? opened.add(group) : opened.delete(group);
    selected = units[group].id;
    if (open) selected = null;
    show();
    whole();
  }
  searching(() => units.filter((n, k) => now.weight.nodes.has(k) || (broad[k] >= 0 && now.weight.nodes.has(broad[k]))), (found) => {
    const k = number.get(found.id);
    if (unit(k) !== k) opened.add(broad[k]);
    select(found.id);
    network.focus(found.id, { scale: Math.max(0.9, network.getScale()), animation: false });
    write();
  });
  const whole = () => {
    network.fit({ maxZoomLevel: 1.4, minZoomLevel: 0.05, animation: false });
    // names above the highest themes need room too
    network.moveTo({ scale: network.getScale() * 0.95, animation: false });
    write();
  };
  network.on("click", (event) => select(event.nodes[0] || event.edges[0] || null));
  network.on("doubleClick", (event) => { const k = number.get(event.nodes[0]); if (k >= themes) fold(k, true); });
  // a theme without a label shows it while the pointer is on it
  network.on("hoverNode", ({ node }) => { if (!nodes.get(node)?.label) { hovered = node; write(); } });
  network.on("blurNode", () => { if (hovered) { hovered = null; write(); } });
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
    if (selected) state.set("selected", selected.startsWith("group/") ? selected : selected.split(" ").map(short).join(" "));
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
    selected = node !== undefined || edge !== undefined ? known : null;
    if (node !== undefined && unit(node) !== node) opened.add(broad[node]);
  }
  const recall = () => restore(new URLSearchParams(location.hash.slice(1)));

  recall();
  show();
  mark();
  whole();
  ready(network);
})();
