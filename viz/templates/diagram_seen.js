// What of a diagram is seen under the filters, folded into groups or not, and what is lit. `map` has what is seen now.
const diagramSeen = (map, drawn, data, said) => {
  const { $, count } = page;
  const MOST = 500;
  const nodeOf = new Map(drawn.nodes.map((n, k) => [n.id, { ...n, ...data.nodes[k], k }]));
  const all = [...nodeOf.values()];
  const lines = drawn.edges.map(({ from, to }, k) => {
    const [kind, notes, items, width, tier, sure] = data.edges[k];
    return { id: "l" + k, from, to, kind, notes, items, width, tier, sure };
  });
  const lineOf = new Map(lines.map((line) => [line.id, line]));
  const kinds = new Map(data.kinds.map((kind) => [kind.id, kind])), lineKinds = new Map(data.lines.map((kind) => [kind.id, kind]));
  const real = all.filter((n) => !n.stands).length;
  for (const n of all) n.members = [];
  for (const n of all) if (n.group >= 0) all[n.group].members.push(n);
  const filters = Object.keys(data.filters);
  const on = (id) => !$(id) || $(id).checked;
  const opened = new Set();

  // what is seen
  const touched = (line) => map.selected !== null && (line.from === map.selected || line.to === map.selected || line.id === map.selected);
  // the label that decides a finding's tone has to be as sure as is asked for, and so has an inferred link
  const sureItems = (n, least) => (least ? n.items.filter((k) => said.sure(k) >= least) : n.items);
  const surely = (n, least) => !n.items.length || sureItems(n, least).length > 0;
  $("sure").parentElement.hidden = !all.some((n) => n.items.some((k) => said.why(k).length)) && lines.every((line) => line.sure === 1);
  function seen() {
    const every = $("tier").value === "1", least = Number($("sure").value) / 100, wanted = filters.map((id) => [id, $(id).value]).filter(([, v]) => v);
    const fits = (n) => n.id === map.selected || (on("k-" + n.kind) && (every || !n.tier) && surely(n, least) && wanted.every(([id, v]) => !n.tags[id] || n.tags[id].includes(v)));
    const fitting = all.filter((n) => !n.stands && fits(n)), nodes = new Set(fitting.map((n) => n.id));
    let kept = lines.filter((line) => nodes.has(line.from) && nodes.has(line.to) && on("l-" + line.kind) && line.sure >= least && (every || !line.tier || touched(line)));
    if (data.linked) {
      const held = new Set(kept.flatMap((line) => [line.from, line.to]));
      for (const id of [...nodes]) if (!held.has(id) && id !== map.selected) nodes.delete(id);
    }
    const whole = nodes.size, folding = $("fold").value === "all" || ($("fold").value === "" && whole > MOST);
    if (folding) kept = folded(nodes, kept);
    return { nodes, lines: kept, folding, whole };
  }
  // one shape stands for a group, and one line for all of a kind between two of them
  function folded(nodes, kept) {
    const own = nodeOf.get(map.selected), open = (group) => opened.has(group.id) || own?.group === group.k;
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
  const standing = (n) => map.now.folding && n.members.length && !opened.has(n.id);
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
  const spot = (n) => map.now.places?.get(n.id) || n;
  // all that leads to a node and all that follows from it; or its neighbours
  function lit({ lines: kept }) {
    if (map.selected === null) return null;
    const start = map.now.lineOf.get(map.selected) || lineOf.get(map.selected);
    const found = { nodes: new Set(start ? [start.from, start.to] : [map.selected]), lines: new Set(start ? [start.id] : []) };
    const walk = (from, to, ends) => {
      for (let next = ends; next.length;) {
        const steps = kept.filter((line) => next.includes(line[from]) && !found.lines.has(line.id));
        for (const line of steps) { found.lines.add(line.id); found.nodes.add(line[to]); }
        next = data.chain ? [...new Set(steps.map((line) => line[to]))] : [];
      }
    };
    if (start && !data.chain) return found;
    walk("from", "to", start ? [start.to] : [map.selected]);
    walk("to", "from", start ? [start.from] : [map.selected]);
    return found;
  }
  return { nodeOf, all, lines, lineOf, kinds, lineKinds, real, filters, opened, on, sureItems, seen, standing, closed, spot, lit };
};
