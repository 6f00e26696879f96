// What the theme map counts: the findings of each theme and of any two, under what is chosen. `map` has what is counted now.
const themeCounts = (map, drawn, data, said) => {
  const { $, colour, sum } = page, { columns } = said;
  const JUDGED = 3, CHANGED = 0.1;
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
  const counted = new Set();

  // what it comes to
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
  const of = (part, key, then) => ((then ? map.now.then : map.now)[part].get(key) || NONE);
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
    if (!map.now.then) return { tone: lean(sums) >= 0.2 ? "strength" : lean(sums) <= -0.2 ? "weakness" : "neutral", shade: lean(sums) };
    const after = of(part, key, true), few = [sums, after].some((s) => s[0] + s[1] < JUDGED), rise = lean(after) - lean(sums);
    return few ? { tone: "plain", shade: 0 } : { tone: rise >= 2 * CHANGED ? "strength" : rise <= -2 * CHANGED ? "weakness" : "neutral", shade: rise };
  };
  // the nearer to even, the greyer
  const shade = (value) => {
    const [from, to] = [colour("neutral"), colour(value > 0 ? "strength" : "weakness")].map((c) => [1, 3, 5].map((k) => parseInt(c.slice(k, k + 2), 16)));
    return "#" + from.map((c, k) => Math.round(c + (to[k] - c) * Math.min(1, Math.abs(value) / 0.7)).toString(16).padStart(2, "0")).join("");
  };
  const both = (key, part) => sum(of(part, key)) + (map.now.then ? sum(of(part, key, true)) : 0);
  const idOf = (key) => ends(key).map((k) => units[k].id).join(" ");
  const nameOf = (key) => ends(key).map((k) => units[k].name).join(" and ");
  const keyOf = (id) => {
    if (number.has(id)) return { node: number.get(id) };
    const [a, b] = (id || "").split(" ").map((end) => number.get(end)).sort((p, q) => p - q);
    return a === undefined || b === undefined || a === b ? {} : { edge: a * SIZE + b };
  };
  const byWeight = (part) => (a, b) => map.now.weight[part].get(b) - map.now.weight[part].get(a) || a - b;
  const strongest = (node) => [...map.now.weight.edges.keys()].filter((key) => ends(key).includes(node)).sort(byWeight("edges"));
  return { themes, units, number, opened, counted, broad, unit, polarity, year, SIZE, ends, carried, tally, of, threshold, verdict, shade, both, idOf, nameOf, keyOf, byWeight, strongest };
};
