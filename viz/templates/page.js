"use strict";
// What every page does alike: its data, its elements, moving about in the picture, searching and copying.
const page = (() => {
  const $ = (id) => document.getElementById(id);
  const LETTERS = new Uint8Array(128);
  for (let code = 33, digit = 0; code < 127; code += 1) if (code !== 38 && code !== 60 && code !== 92) LETTERS[code] = digit++;
  // two letters carry 13 bits; before them stands how many bytes there are
  const bytes = (id) => {
    const words = $(id).textContent, from = words.indexOf(" "), out = new Uint8Array(Number(words.slice(0, from)));
    let held = 0, bits = 0, at = 0;
    for (let k = from + 1; at < out.length; k += 2) {
      held = ((held & ((1 << bits) - 1)) << 13) | (LETTERS[words.charCodeAt(k)] * 91 + LETTERS[words.charCodeAt(k + 1)]);
      for (bits += 13; bits >= 8 && at < out.length; at += 1) out[at] = (held >> (bits -= 8)) & 255;
    }
    $(id).remove();
    return new Response(new Blob([out]).stream().pipeThrough(new DecompressionStream("deflate")));
  };
  const unpack = async (id) => bytes(id).json();
  // the content policy knows the hash of the drawing library, and lets nothing else be put in so
  const library = async () => {
    const script = document.createElement("script");
    script.textContent = await bytes("vis").text();
    document.head.append(script);
  };
  const SIGNS = { strength: "▲", weakness: "▼", mixed: "◆", neutral: "●", accent: "■", plain: "□", g4: "★", g3: "▲", g2: "◆", g1: "▼" };

  const style = getComputedStyle(document.documentElement);
  const names = new Map();
  const colour = (name) => names.get(name) || names.set(name, style.getPropertyValue("--" + name).trim()).get(name);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const recoloured = (show) => {
    page.recolour = () => { names.clear(); show(); };
    dark.addEventListener("change", page.recolour);
  };
  const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
  const grouped = new Intl.NumberFormat("en");
  const count = (n, one, many) => `${n < 1000 ? n : grouped.format(n)} ${n === 1 ? one : many}`;
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
    const byHand = () => {
      const field = tag("textarea", { readonly: "", rows: "1", "aria-label": "To copy" }, words);
      button.replaceWith(field);
      field.select();
    };
    const said = button.textContent;
    const done = () => { button.textContent = "Copied"; setTimeout(() => { button.textContent = said; }, 2000); };
    if (navigator.clipboard) navigator.clipboard.writeText(words).then(done, byHand);
    else byHand();
  };
  const table = (caption, columns, rows) => tag("table", {}, tag("caption", {}, caption),
    tag("thead", {}, tag("tr", {}, ...columns.map((c) => tag("th", { scope: "col" }, c)))),
    tag("tbody", {}, ...rows.map((cells) => tag("tr", {}, ...cells.map((cell) => tag("td", {}, cell))))));
  // a button of a table chooses, and hands on to the words
  const chooser = (select, id, words) => tag("button", { type: "button", onclick: () => { select(id); $("panel").focus(); } }, words);

  // a large picture is pushed along as a whole while it is dragged, and drawn anew whenever it rests
  const LARGE = 800, REST = 150;
  const glide = (network, size) => {
    const { renderer, interactionHandler, body } = network, draw = renderer._redraw.bind(renderer), canvas = document.querySelector("#network canvas");
    let from = null, waiting = 0;
    const rest = () => {
      canvas.style.transform = "";
      draw();
      if (from) from = { ...body.view.translation };
    };
    renderer._redraw = (hidden) => {
      if (!from) return draw(hidden);
      canvas.style.transform = `translate(${body.view.translation.x - from.x}px, ${body.view.translation.y - from.y}px)`;
      clearTimeout(waiting);
      waiting = setTimeout(rest, REST);
    };
    network.on("dragStart", () => { if (size() > LARGE && !interactionHandler.drag.selection.length) from = { ...body.view.translation }; });
    network.on("dragEnd", () => { if (from) { clearTimeout(waiting); from = null; rest(); } });
  };
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
    // a small screen has the filters on demand, and at once where the address brings some
    const filters = (open) => { $("controls").classList.toggle("open", open); $("to-filters").setAttribute("aria-expanded", String(open)); };
    $("to-filters").addEventListener("click", () => filters(!$("controls").classList.contains("open")));
    filters(/[#&](?!selected=)\w/.test(location.hash));
    $("controls").addEventListener("submit", (event) => event.preventDefault());
    for (const [button, id] of [["to-table", "as-table"], ["to-question", "question"]]) {
      $(button).addEventListener("click", () => { $(id).open = true; $(id).scrollIntoView(); $(id).querySelector("summary").focus(); });
    }
    $("copy-question").addEventListener("click", (event) => copy($("question").querySelector("pre").textContent, event.target));
    $("skip").addEventListener("click", (event) => { event.preventDefault(); $("panel").focus(); });
    $("reset").addEventListener("click", () => { $("search").value = ""; reset(); });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      if ($("save").open) { $("save").open = false; $("save").querySelector("summary").focus(); } else select(null);
    });
    document.addEventListener("click", (event) => { if (!$("save").contains(event.target)) $("save").open = false; });
    // a change of height alone may be a keyboard on the screen
    let wide = innerWidth;
    addEventListener("resize", () => { if (innerWidth !== wide) { wide = innerWidth; begin(); } });
  };
  const OFFERED = 40;
  const searching = (nodes, found) => {
    const matching = (wanted) => nodes().filter((n) => n.name.toLowerCase().includes(wanted));
    const search = (partly) => {
      const wanted = $("search").value.trim().toLowerCase(), all = matching(wanted);
      const hit = wanted && (all.find((n) => n.name.toLowerCase() === wanted) || (partly && all[0]));
      // a list of all names would weigh more than the picture: only those that fit are offered
      $("names").replaceChildren(...[...new Set(all.slice(0, OFFERED).map((n) => n.name.slice(0, 120)))].map((name) => tag("option", { value: name })));
      $("search").setCustomValidity(wanted && partly && !hit ? "Nothing here has that name." : "");
      if (partly) $("search").reportValidity();
      if (hit) found(hit);
    };
    $("search").addEventListener("input", () => search(false));
    $("search").addEventListener("focus", () => search(false), { once: true });
    $("search").addEventListener("change", () => search(true));
  };
  // the picture is drawn once before the page is said to be there
  const ready = (network) => {
    network.once("afterDrawing", () => { document.documentElement.dataset.drawn = "yes"; });
    network.redraw();
  };
  return { $, SIGNS, bytes, chooser, colour, copy, count, fill, glide, library, ready, recoloured, searching, sign, steer, sum, table, tag, unpack };
})();
