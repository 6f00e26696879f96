// Saving what is seen: the picture as PNG and SVG, and the data behind it as CSV and GraphML.
const saving = (() => {
  const { $, colour, tag } = page;
  const save = (name, words, type) => {
    const address = typeof words === "string" && words.startsWith("data:") ? words : URL.createObjectURL(new Blob([words], { type }));
    const link = tag("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  };
  const png = () => {
    const seen = document.querySelector("#network canvas"), whole = document.createElement("canvas"), pen = whole.getContext("2d");
    [whole.width, whole.height] = [seen.width, seen.height];
    pen.fillStyle = colour("paper");
    pen.fillRect(0, 0, whole.width, whole.height);
    pen.drawImage(seen, 0, 0);
    return whole.toDataURL("image/png");
  };

  // characters that XML forbids are shown as what they are: unknown
  const xml = (words) => String(words).replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
  const number = (n) => String(Math.round(n * 100) / 100);

  // a pen that the drawing library takes for the canvas's own, and that writes SVG
  const writing = (real, wide, high) => {
    const parts = [], kept = [];
    let now = { a: 1, d: 1, e: 0, f: 0, fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, globalAlpha: 1, font: "10px sans-serif", textAlign: "start", textBaseline: "alphabetic", dash: [] }, path = "";
    const x = (v) => number(now.a * v + now.e), y = (v) => number(now.d * v + now.f), long = (v) => number(Math.abs(now.a) * v);
    const alpha = () => (now.globalAlpha < 1 ? ` opacity="${number(now.globalAlpha)}"` : "");
    const stroke = () => `stroke="${xml(now.strokeStyle)}" stroke-width="${long(now.lineWidth)}"${now.dash.length ? ` stroke-dasharray="${now.dash.map(long).join(" ")}"` : ""}`;
    const words = (said, left, top, paint) => {
      const [, bold, size, face] = now.font.match(/(bold|600|700)?[^\d]*([\d.]+)px\s*(.*)$/) || [null, "", "10", "sans-serif"];
      const anchor = { center: "middle", right: "end", end: "end" }[now.textAlign] || "start", base = { middle: "central", top: "hanging", hanging: "hanging" }[now.textBaseline] || "auto";
      parts.push(`<text x="${x(left)}" y="${y(top)}" font-family="${xml(face)}" font-size="${long(Number(size))}"${bold ? ' font-weight="bold"' : ""} text-anchor="${anchor}" dominant-baseline="${base}" ${paint}${alpha()}>${xml(said)}</text>`);
    };
    const own = {
      canvas: { width: wide, height: high, clientWidth: wide, clientHeight: high },
      save: () => kept.push({ ...now }), restore: () => { now = kept.pop() || now; },
      translate: (dx, dy) => { now.e += now.a * dx; now.f += now.d * dy; }, scale: (sx, sy) => { now.a *= sx; now.d *= sy; },
      setTransform: () => Object.assign(now, { a: 1, d: 1, e: 0, f: 0 }), setLineDash: (dash) => { now.dash = [...dash]; }, getLineDash: () => now.dash,
      beginPath: () => { path = ""; }, closePath: () => { path += "Z"; }, moveTo: (a, b) => { path += `M${x(a)} ${y(b)}`; }, lineTo: (a, b) => { path += `${path ? "L" : "M"}${x(a)} ${y(b)}`; },
      bezierCurveTo: (a, b, c, d, e, f) => { path += `C${x(a)} ${y(b)} ${x(c)} ${y(d)} ${x(e)} ${y(f)}`; }, quadraticCurveTo: (a, b, c, d) => { path += `Q${x(a)} ${y(b)} ${x(c)} ${y(d)}`; },
      rect: (a, b, w, h) => { path += `M${x(a)} ${y(b)}H${x(a + w)}V${y(b + h)}H${x(a)}Z`; },
      arc: (a, b, r, from, to) => {
        const at = (t) => `${x(a + r * Math.cos(t))} ${y(b + r * Math.sin(t))}`, turn = to - from;
        path += `${path && !path.endsWith("Z") ? "L" : "M"}${at(from)}`;
        for (const t of Math.abs(turn) > 6.28 ? [from + turn / 2, to] : [to]) path += `A${long(r)} ${long(r)} 0 ${Math.abs(turn) > Math.PI && Math.abs(turn) < 6.28 ? 1 : 0} ${turn > 0 ? 1 : 0} ${at(t)}`;
      },
      fill: () => parts.push(`<path d="${path}" fill="${xml(now.fillStyle)}"${alpha()}/>`), stroke: () => parts.push(`<path d="${path}" fill="none" ${stroke()}${alpha()}/>`),
      fillRect: (a, b, w, h) => parts.push(`<rect x="${x(a)}" y="${y(b)}" width="${long(w)}" height="${long(h)}" fill="${xml(now.fillStyle)}"${alpha()}/>`),
      fillText: (said, a, b) => words(said, a, b, `fill="${xml(now.fillStyle)}"`), strokeText: (said, a, b) => words(said, a, b, `fill="none" stroke-linejoin="round" ${stroke()}`),
      clearRect: () => {}, clip: () => {}, measureText: (said) => { real.font = now.font; return real.measureText(said); },
    };
    const pen = new Proxy(own, {
      get: (_, name) => (name in own ? own[name] : typeof real[name] === "function" ? () => {} : now[name]),
      set: (_, name, value) => { now[name] = value; return true; },
    });
    return { pen, parts };
  };
  const svg = (network, title) => {
    const canvas = network.canvas, seen = $("network").getBoundingClientRect(), [wide, high] = [Math.round(seen.width), Math.round(seen.height)];
    const { pen, parts } = writing(document.createElement("canvas").getContext("2d"), wide, high);
    canvas.getContext = () => pen;
    try { network.redraw(); } finally {
      delete canvas.getContext;
      network.redraw();
    }
    return `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${high}" viewBox="0 0 ${wide} ${high}" role="img"><title>${xml(title)}</title>` +
      `<rect width="100%" height="100%" fill="${colour("paper")}"/>\n${parts.join("\n")}\n</svg>\n`;
  };

  // a canvas keeps the shape that it has on the screen: onto paper goes what is seen as SVG, in the colours of the day
  const onPaper = (network, title) => {
    const root = document.documentElement, leave = () => $("picture").querySelector(":scope > svg")?.remove();
    addEventListener("beforeprint", () => {
      leave();
      root.classList.add("printing");
      page.recolour();
      $("picture").append(document.importNode(new DOMParser().parseFromString(svg(network, title), "image/svg+xml").documentElement, true));
      root.classList.remove("printing");
      page.recolour();
    });
    addEventListener("afterprint", leave);
  };

  // a cell that a spreadsheet would take for a formula begins with an apostrophe
  const cell = (words) => `"${String(words).replace(/^(?=[=+\-@\t\r])/, "'").replaceAll('"', '""')}"`;
  const csv = (columns, rows) => [columns, ...rows].map((row) => row.map((c) => (typeof c === "number" ? String(c) : cell(c))).join(",")).join("\r\n") + "\r\n";
  // shapes and lines are tables with `id`, and `source` and `target`, in their first columns
  const graphml = ({ shapes, lines }) => {
    const typed = (rows, k) => (rows.length && rows.every((row) => typeof row[k] === "number") ? "double" : "string");
    const keys = (of, at, { columns, rows }, skip) => columns.slice(skip).map((name, k) => `<key id="${of}${k}" for="${at}" attr.name="${xml(name)}" attr.type="${typed(rows, k + skip)}"/>`);
    const cells = (of, row, skip) => row.slice(skip).map((c, k) => `<data key="${of}${k}">${xml(c)}</data>`).join("");
    return ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">', ...keys("n", "node", shapes, 1), ...keys("e", "edge", lines, 2), '<graph edgedefault="directed">',
      ...shapes.rows.map((row) => `<node id="${xml(row[0])}">${cells("n", row, 1)}</node>`),
      ...lines.rows.map((row, k) => `<edge id="e${k}" source="${xml(row[0])}" target="${xml(row[1])}">${cells("e", row, 2)}</edge>`), "</graph>", "</graphml>", ""].join("\n");
  };

  // `seen` gives the tables of shapes, lines and words as they are under the filters
  const offer = (network, seen) => {
    const name = document.body.dataset.view, title = document.title;
    const made = {
      png: () => [".png", png()], svg: () => [".svg", svg(network, title), "image/svg+xml"], graphml: () => [".graphml", graphml(seen()), "application/graphml+xml"],
      ...Object.fromEntries(["shapes", "lines", "words"].map((part) => [part, () => { const { columns, rows } = seen()[part]; return [`-${part}.csv`, "\ufeff" + csv(columns, rows), "text/csv"]; }])),
    };
    for (const [part, make] of Object.entries(made)) {
      $("save-" + part).addEventListener("click", () => { const [end, words, type] = make(); save(name + end, words, type); $("save").open = false; });
    }
    $("print").addEventListener("click", () => { $("save").open = false; print(); });
    saving.made = made;
    onPaper(network, title);
  };
  return { csv, offer };
})();
