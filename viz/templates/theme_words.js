// What the theme map says in words: hints, the key, the summary, the panel with its statements, and the tables.
const themeWords = (map, counts, data, said, { select, fold }) => {
  const { $, SIGNS, chooser, count, sign, sum, table: grid, tag } = page, { columns } = said;
  const { themes, units, opened, broad, polarity, ends, carried, of, verdict, idOf, nameOf, keyOf, byWeight, strongest } = counts;
  const SHOWN = 30, NEAR_SHOWN = 10, ROWS = 1500;

  const what = (part, n) => (part === "edges" && $("join").value === "weak" ? count(n, "inspection weak on both", "inspections weak on both") : count(n, "finding", "findings"));
  const period = (then) => { const [a, b] = [$(then ? "then" : "from").value, $(then ? "until" : "to").value]; return a === b ? a : `${a}–${b}`; };
  const hint = (name, part, key) => [name, ...(map.now.then ? [false, true] : [false]).map((then) => {
    const sums = of(part, key, then);
    return `${map.now.then ? period(then) + ": " : ""}${what(part, sum(sums))}${part === "edges" && $("join").value === "weak" ? "" : ": " + data.polarities.map((p, k) => `${SIGNS[p]} ${sums[k]}`).join("  ")}`;
  })].join("\n");

  // the words
  function explain() {
    const tones = map.now.then ? [["strength", "better"], ["neutral", "much the same"], ["weakness", "worse"], ["plain", "too little written to say"]] : [["strength", "mostly strengths"], ["neutral", "between"], ["weakness", "mostly weaknesses"]];
    $("tones").replaceChildren(tag("b", {}, map.now.then ? `From ${period(false)} to ${period(true)}` : "Themes"), ...tones.map(([tone, words]) => tag("span", {}, sign(tone), " " + words)));
    $("lines-mean").replaceChildren(tag("b", {}, "Lines"), tag("span", {}, $("join").value === "weak" ? "inspections with a weakness in both" : "findings with both themes"), tag("span", {}, `╌╌ ${map.now.then ? "worse" : "mostly weaknesses"}`));
  }
  function say(least) {
    if (!said.size) {
      $("summary").textContent = "This graph holds no finding with a theme.";
      return;
    }
    const seen = columns.unders.filter((_, k) => map.now.visits[k] || (map.now.then && map.now.then.visits[k])), bodies = new Set(seen.flatMap((i) => i[0]));
    const there = map.now.weight.edges.size, drawn = [...map.now.weight.edges.values()].filter((w) => w >= least).length, findings = map.now.kept.length + (map.now.then ? map.now.then.kept.length : 0);
    $("summary").textContent = `${count(findings, "finding", "findings")} from ${seen.length} of ${count(columns.unders.length, "inspection", "inspections")} ` +
      `in ${count(bodies.size, "authority", "authorities")}${map.now.then ? `: ${map.now.kept.length.toLocaleString("en")} of ${period(false)} and ${map.now.then.kept.length.toLocaleString("en")} of ${period(true)}` : ""}. ` +
      (map.now.shown.length ? `Lines: ${drawn === there ? `all ${there.toLocaleString("en")}.` : `those of ${what("edges", least)} or more, out of ${there.toLocaleString("en")}.`} A theme that is not drawn was not written about.` : "Nothing was written about this: choose fewer filters, or Reset.");
  }
  const bar = (sums) => {
    const made = tag("div", { class: "bar", "aria-hidden": "true" }, ...data.polarities.map((p) => tag("span", { class: p })));
    [...made.children].forEach((part, k) => { part.style.flexGrow = sums[k]; });
    return made;
  };
  const sums = (part, key, then) => [map.now.then ? tag("h3", {}, period(then)) : "", tag("p", { class: "tally" }, ...data.polarities.map((p, k) => tag("span", {}, sign(p), ` ${of(part, key, then)[k]} ${p}`))), bar(of(part, key, then))];
  function panel(most = SHOWN) {
    const { node, edge } = keyOf(map.selected), part = edge === undefined ? "nodes" : "edges", key = edge ?? node;
    if (key === undefined) {
      $("chosen").textContent = "Click a theme or a line";
      $("words").replaceChildren(tag("p", {}, "The inspectors’ words behind it stand here, with document and page."),
        tag("p", { class: "quiet" }, map.now.then ? "A theme is better or worse where the share of weaknesses among strengths and weaknesses changed by a tenth or more, with three of them in each period." :
          "The larger a theme and the wider a line, the more findings. “Mostly” is at least three in five of the strengths and weaknesses; the greyer, the more even."),
        tag("h3", {}, map.now.then ? "What changed most" : "Weakest: most weaknesses beyond its strengths"), links(ranked().map((k) => [units[k].id, units[k].name, map.now.then ? change(k) : `▼ ${of("nodes", k)[1]} of ${sum(of("nodes", k))}`])));
      return;
    }
    const weak = edge !== undefined && $("join").value === "weak", wanted = edge === undefined ? [node] : ends(edge), least = Number($("sure").value);
    const fits = (k) => { const own = carried(k, least); return weak ? polarity[k] === 1 && wanted.some((t) => own.includes(t)) : wanted.every((t) => own.includes(t)); };
    let found = [...(map.now.then ? map.now.then.kept : []), ...map.now.kept].filter(fits);
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
      ...sums(part, key, false), ...(map.now.then ? sums(part, key, true) : []),
      ...near(node, edge),
      edge === undefined && data.communities.some((own) => own.includes(node)) ? tag("p", { class: "quiet" }, "In a community with " + data.communities.find((own) => own.includes(node)).filter((k) => k !== node).map((k) => units[k].name).join(", ")) : "",
      tag("h3", { id: "counts" }, found.length > most ? `${most} of ${count(found.length, "finding", "findings")}, newest inspection first` : count(found.length, "finding", "findings")),
      ...found.slice(0, most).map(said.quote),
      found.length === 0 ? tag("p", { class: "quiet" }, "None under the filters chosen above.") : "",
      found.length > most ? tag("button", { type: "button", id: "more", onclick: () => panel(most + 100) }, "Show more") : "");
  }
  const percent = (s) => (s[0] + s[1] ? Math.round((100 * s[1]) / (s[0] + s[1])) + " %" : "–");
  const change = (k) => `▼ ${percent(of("nodes", k))} → ${percent(of("nodes", k, true))}`;
  const beyond = (k) => { const [strengths, weaknesses] = of("nodes", k); return weaknesses - strengths; };
  const ranked = () => [...map.now.shown].filter((k) => !map.now.then || verdict("nodes", k).tone !== "plain")
    .sort((a, b) => (map.now.then ? Math.abs(verdict("nodes", b).shade) - Math.abs(verdict("nodes", a).shade) : beyond(b) - beyond(a)) || a - b).slice(0, NEAR_SHOWN);
  const near = (node, edge) => {
    if (edge !== undefined) return [tag("h3", {}, "Each theme"), links(ends(edge).map((k) => [units[k].id, units[k].name, map.now.weight.nodes.get(k) ?? 0]))];
    const found = strongest(node).slice(0, NEAR_SHOWN);
    return found.length ? [tag("h3", {}, $("join").value === "weak" ? "Weak in the same inspections" : "Goes most with"), links(found.map((key) => [idOf(key), units[ends(key).find((k) => k !== node)].name, map.now.weight.edges.get(key)]))] : [];
  };
  const links = (items) => tag("ul", { class: "links" }, ...items.map(([id, name, n]) =>
    tag("li", {}, tag("button", { type: "button", onclick: () => select(id) }, `${name} `, tag("span", { class: "quiet" }, n.toLocaleString("en"))))));
  const pairs = () => [...map.now.drawn].sort(byWeight("edges"));
  const periods = () => (map.now.then ? [false, true] : [false]);
  const numbers = (part, key) => periods().flatMap((then) => { const s = of(part, key, then); return [...s, sum(s)]; });
  const headed = () => periods().flatMap((then) => [...data.polarities, "all"].map((p) => (map.now.then ? `${p}, ${period(then)}` : p)));
  function table() {
    const make = (caption, name, part, keys, id, words) => grid(caption + (keys.length > ROWS ? ` (the first ${ROWS} of ${keys.length.toLocaleString("en")})` : ""), [name, ...headed()],
      keys.slice(0, ROWS).map((key) => [chooser(select, id(key), words(key)), ...numbers(part, key).map(String)]));
    const draw = () => $("tables").replaceChildren(make("Themes", "Theme", "nodes", map.now.shown, (k) => units[k].id, (k) => units[k].name), make($("join").value === "weak" ? "Inspections weak on both" : "Lines", "Two themes", "edges", pairs(), idOf, nameOf));
    // a closed table costs nothing until it is opened
    if ($("as-table").open) draw();
    $("as-table").ontoggle = () => { if ($("as-table").open) draw(); };
  }
  const seen = () => ({
    shapes: { columns: ["id", "theme", "broader", ...headed()], rows: map.now.shown.map((k) => [units[k].id, units[k].name, units[k].group, ...numbers("nodes", k)]) },
    lines: { columns: ["source", "target", "themes", ...headed()], rows: pairs().map((key) => [...ends(key).map((k) => units[k].id), nameOf(key), ...numbers("edges", key)]) },
    words: { columns: evidence.HEAD, rows: [...new Set([...map.now.kept, ...(map.now.then ? map.now.then.kept : [])])].map(said.row) },
  });
  return { hint, explain, say, panel, table, seen };
};
