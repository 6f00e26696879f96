"use strict";
// What every page does alike: its data, its elements, moving about in the picture, tables, copying, and saving.
const page = (() => {
  const $ = (id) => document.getElementById(id);
  const read = (id) => JSON.parse($(id).textContent);
  const unpacked = (id) => {
    const bytes = Uint8Array.from(atob($(id).textContent), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate")));
  };
  const unpack = async (id) => unpacked(id).json();
  // the content policy knows the hash of the drawing library, and lets nothing else be put in so
  const library = async () => {
    const script = document.createElement("script");
    script.textContent = await unpacked("vis").text();
    document.head.append(script);
  };
  const SIGNS = { strength: "▲", weakness: "▼", mixed: "◆", neutral: "●", accent: "■", plain: "□", g4: "★", g3: "▲", g2: "◆", g1: "▼" };

  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue("--" + name).trim();
  const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
  const count = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
  const tag = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else element.setAttribute(key, value);
    }
    element.append(...children.filter((c) => c !== null && c !== ""));
    return element;
  };
  const sign = (name) => tag("b", { class: "shape " + name, "aria-hidden": "true" }, SIGNS[name] || "●");
  const fill = (id, values) => {
    $(id).append(...[...new Set(values)].sort().map((v) => tag("option", { value: v }, String(v))));
    $(id).parentElement.hidden = values.length === 0;
  };
  const copy = (words, button) => {
    const byHand = () => { button.replaceWith(tag("input", { value: words, readonly: "", "aria-label": "IRI" })); };
    if (navigator.clipboard) navigator.clipboard.writeText(words).then(() => { button.textContent = "Copied"; }, byHand);
    else byHand();
  };
  const place = (title, number, iri) => tag("p", { class: "quiet" }, tag("bdi", {}, title || "untitled document"), number ? `, page ${number} ` : " ",
    tag("button", { type: "button", onclick: (event) => copy(iri, event.target) }, "Copy IRI"));
  const table = (caption, columns, rows) => tag("table", {}, tag("caption", {}, caption),
    tag("thead", {}, tag("tr", {}, ...columns.map((c) => tag("th", { scope: "col" }, c)))),
    tag("tbody", {}, ...rows.map((cells) => tag("tr", {}, ...cells.map((cell) => tag("td", {}, cell))))));
  // a button of a table chooses, and hands on to the words
  const chooser = (select, id, words) => tag("button", { type: "button", onclick: () => { select(id); $("panel").focus(); } }, words);

  // saving what is seen: the picture, and the tables as they stand
  const save = (name, address) => {
    const link = tag("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
  };
  const picture = () => {
    const seen = document.querySelector("#network canvas"), whole = document.createElement("canvas"), pen = whole.getContext("2d");
    [whole.width, whole.height] = [seen.width, seen.height];
    pen.fillStyle = colour("paper");
    pen.fillRect(0, 0, whole.width, whole.height);
    pen.drawImage(seen, 0, 0);
    return whole.toDataURL("image/png");
  };
  // a cell that a spreadsheet would take for a formula begins with an apostrophe
  const cell = (words) => `"${words.replace(/^(?=[=+\-@\t])/, "'").replaceAll('"', '""')}"`;
  const csv = () => [...document.querySelectorAll("#tables table")].map((t) => [t.caption.textContent, ...[...t.rows].map((row) =>
    [...row.cells].map((c) => cell(c.textContent)).join(","))].join("\r\n")).join("\r\n\r\n") + "\r\n";

  // moving about
  const steer = (network, { write, whole, begin = whole, reset, select }) => {
    const zoom = (factor) => { network.moveTo({ scale: network.getScale() * factor, animation: false }); write(); };
    let waiting = 0;
    network.on("zoom", () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(write); });
    $("closer").addEventListener("click", () => zoom(1.3));
    $("farther").addEventListener("click", () => zoom(1 / 1.3));
    $("whole").addEventListener("click", whole);
    $("network").addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] }[event.key];
      if (event.key === "+" || event.key === "-") zoom(event.key === "+" ? 1.3 : 1 / 1.3);
      if (!step) return;
      event.preventDefault();
      const { x, y } = network.getViewPosition();
      network.moveTo({ position: { x: x + step[0] / network.getScale(), y: y + step[1] / network.getScale() }, animation: false });
    });
    $("controls").addEventListener("submit", (event) => event.preventDefault());
    for (const [button, id] of [["to-table", "as-table"], ["to-question", "question"]]) {
      $(button).addEventListener("click", () => { $(id).open = true; $(id).scrollIntoView(); $(id).querySelector("summary").focus(); });
    }
    const name = document.body.dataset.view;
    $("save-picture").addEventListener("click", () => save(name + ".png", picture()));
    $("save-table").addEventListener("click", () => {
      const address = URL.createObjectURL(new Blob(["\ufeff" + csv()], { type: "text/csv" }));
      save(name + ".csv", address);
      setTimeout(() => URL.revokeObjectURL(address), 10000);
    });
    $("skip").addEventListener("click", (event) => { event.preventDefault(); $("panel").focus(); });
    $("reset").addEventListener("click", () => { $("search").value = ""; reset(); });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") select(null); });
    // a change of height alone may be a keyboard on the screen
    let wide = innerWidth;
    addEventListener("resize", () => { if (innerWidth !== wide) { wide = innerWidth; begin(); } });
  };
  const searching = (nodes, found) => {
    const search = (partly) => {
      const wanted = $("search").value.trim().toLowerCase(), all = nodes();
      const hit = wanted && (all.find((n) => n.name.toLowerCase() === wanted) || (partly && all.find((n) => n.name.toLowerCase().includes(wanted))));
      $("search").setCustomValidity(wanted && partly && !hit ? "Nothing here has that name." : "");
      if (partly) $("search").reportValidity();
      if (hit) found(hit);
    };
    $("search").addEventListener("input", () => search(false));
    $("search").addEventListener("change", () => search(true));
  };
  const ready = (network) => {
    network.once("afterDrawing", () => { document.documentElement.dataset.drawn = "yes"; });
    network.redraw();
  };
  return { $, SIGNS, chooser, colour, copy, count, csv, fill, library, picture, place, read, ready, searching, sign, steer, sum, table, tag, unpack };
})();
