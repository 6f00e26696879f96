// What a diagram says in words: the summary, the panel with its statements, and the tables.
const diagramWords = (map, parts, data, said, { select, show }) => {
  const { $, chooser, count, sign, table: grid, tag } = page;
  const { nodeOf, all, lines, lineOf, kinds, lineKinds, real, opened, sureItems } = parts;
  const SHOWN = 30, NEAR_SHOWN = 40, LISTED = 400, ROWS = 1500;

  // the words
  function say() {
    const drawn = map.now.nodes.size, few = map.now.whole === real;
    $("summary").textContent = !all.length ? data.empty : !drawn ? "Nothing here fits all that is chosen above: choose fewer filters, or Reset." :
      `${few ? "All " : `${map.now.whole.toLocaleString("en")} of `}${count(real, "thing", "things")} and ${map.now.lines.length.toLocaleString("en")} of ${count(lines.length, "line", "lines")} are drawn` +
      `${map.now.folding && drawn !== map.now.whole ? `, folded into ${count(drawn, "shape", "shapes")}; choose one to unfold it` : ""}. ${data.intro}`;
  }
  const short = (words) => (words.length > 110 ? words.slice(0, 108) + "…" : words);
  const links = (found, named = true) => tag("ul", { class: "links" }, ...found.slice(0, NEAR_SHOWN).map(([line, id]) => {
    const kind = lineKinds.get(line.kind), n = nodeOf.get(id);
    return tag("li", {}, tag("button", { type: "button", title: line.notes.join("; "), onclick: () => select(id) },
      named ? tag("span", { class: "quiet" }, kind.label + ": ") : "", sign(["strength", "weakness"].includes(kind.tone) && !kind.arrow ? kind.tone : n.tone), " ", short(n.name)));
  }));
  function around(id) {
    const before = map.now.lines.filter((line) => line.to === id).map((line) => [line, line.from]), after = map.now.lines.filter((line) => line.from === id).map((line) => [line, line.to]);
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
    if (!map.now.folding || !group) return "";
    const open = opened.has(group.id);
    return tag("p", {}, tag("button", { type: "button", id: "unfold", onclick: () => { open ? opened.delete(group.id) : opened.add(group.id); if (open || group.stands) map.selected = open ? group.id : null; show(); } },
      `${open ? "Fold" : "Unfold"} ${count(group.members.length, "thing", "things")}`));
  };
  function panel(most = SHOWN) {
    const line = map.now.lineOf.get(map.selected) || lineOf.get(map.selected), n = nodeOf.get(map.selected);
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
      const listed = data.order.filter((id) => nodeOf.has(id) && (map.now.nodes.has(id) || map.now.folding)).slice(0, LISTED);
      $("words").replaceChildren(tag("p", { class: listed.length ? "quiet" : "" }, said.size ? "The words behind it stand here, with document and page." : all.length ? "What it means, and what goes with it, stands here." : ""), tag("ul", { class: "order" }, ...listed.map((id) =>
        tag("li", {}, tag("button", { type: "button", onclick: () => select(id) }, sign(nodeOf.get(id).tone), " ", nodeOf.get(id).name)))));
    }
  }
  const where = (n) => (n.items.length ? [said.whose(n.items[0]), said.title(n.items[0]), said.columns.page[n.items[0]] ? `page ${said.columns.page[n.items[0]]}` : ""].filter(Boolean).join(", ") : "");
  const says = (n) => n.notes.join("; ") || n.tone.replace(/^(plain|accent|g\d)$/, "");
  const kindOf = (n) => kinds.get(n.kind)?.label || n.kind;
  function table() {
    const draw = () => {
      const things = all.filter((n) => map.now.nodes.has(n.id)), many = things.length > ROWS || map.now.lines.length > ROWS;
      $("tables").replaceChildren(many ? tag("p", {}, `The first ${ROWS} of each; a filter brings the rest, and Save holds all.`) : "",
        grid("Shapes", ["What", "Kind", "Says", "Statements", "Where"], things.slice(0, ROWS).map((n) => [chooser(select, n.id, n.name), kindOf(n), says(n), String(n.items.length), where(n)])),
        grid("Lines", ["From", "How", "To", "Why"], map.now.lines.slice(0, ROWS).map((line) => [chooser(select, line.id, nodeOf.get(line.from).name), lineKinds.get(line.kind).label, nodeOf.get(line.to).name, line.notes.join("; ")])));
    };
    // a closed table costs nothing until it is opened
    if ($("as-table").open) draw();
    $("as-table").ontoggle = () => { if ($("as-table").open) draw(); };
  }
  const seenNow = () => {
    const things = all.filter((n) => map.now.nodes.has(n.id)), items = [...new Set([...things.flatMap((n) => (n.stands ? n.members : [n]).flatMap((m) => m.items)), ...map.now.lines.flatMap((line) => line.items)])];
    return {
      shapes: { columns: ["id", "name", "kind", "says", "statements", "where"], rows: things.map((n) => [n.id, n.name, kindOf(n), says(n), n.items.length, where(n)]) },
      lines: { columns: ["source", "target", "kind", "from", "to", "notes"], rows: map.now.lines.map((line) => [line.from, line.to, lineKinds.get(line.kind).label, nodeOf.get(line.from).name, nodeOf.get(line.to).name, line.notes.join("; ")]) },
      words: { columns: evidence.HEAD, rows: items.map(said.row) },
    };
  };
  return { panel, say, seenNow, table };
};
