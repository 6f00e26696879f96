"use strict";

const find = (id) => document.getElementById(id);
const text = find("text"), answer = find("answer"), state = find("state"), example = find("example");
const base = document.body.dataset.base;
const AT_ONCE = 500;
const FORMS = { "CSV": ["text/csv", "csv"], "TSV": ["text/tab-separated-values", "tsv"], "JSON": ["application/sparql-results+json", "json"], "XML": ["application/sparql-results+xml", "xml"], "Turtle (of CONSTRUCT)": ["text/turtle", "ttl"] };
let running = null;

function made(tag, words, attributes = {}) {
  const element = document.createElement(tag);
  if (words !== undefined) element.textContent = words;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function prefixes() {
  const found = [...text.value.matchAll(/\bPREFIX\s+([\w.-]*):\s*<([^>]*)>/gi)].map((m) => [m[2], m[1]]);
  return found.sort((a, b) => b[0].length - a[0].length);
}

function short(iri, known) {
  const fit = known.find(([stem]) => stem && iri.startsWith(stem));
  return fit ? `${fit[1]}:${iri.slice(fit[0].length)}` : iri;
}

function cell(term, known) {
  if (!term) return made("td");
  if (term.type === "uri") {
    const td = made("td");
    const local = term.value.startsWith(base) ? "/" + term.value.slice(base.length) : term.value;
    const words = short(term.value, known);
    td.append(/^(https?:\/\/|\/)/.test(local) ? made("a", words, { href: local, title: term.value }) : words);
    return td;
  }
  const number = /#(integer|decimal|double|float)$/.test(term.datatype || "");
  const td = made("td", term.type === "bnode" ? `_:${term.value}` : term.value, number ? { class: "number" } : {});
  if (term["xml:lang"]) td.lang = term["xml:lang"];
  return td;
}

function table(columns, rows) {
  const known = prefixes();
  const grid = made("table"), body = made("tbody"), head = made("tr");
  const caption = made("caption"), box = made("div", undefined, { class: "scroll", tabindex: "0", role: "region", "aria-label": "Rows" });
  for (const column of columns) head.append(made("th", column, { scope: "col" }));
  const thead = made("thead");
  thead.append(head);
  grid.append(caption, thead, body);
  box.append(grid);
  const more = made("button", "", { type: "button" });
  let shown = 0;
  const draw = () => {
    const some = document.createDocumentFragment();
    for (const row of rows.slice(shown, shown + AT_ONCE)) {
      const tr = made("tr");
      for (const column of columns) tr.append(cell(row[column], known));
      some.append(tr);
    }
    body.append(some);
    shown = Math.min(rows.length, shown + AT_ONCE);
    caption.textContent = shown < rows.length ? `The first ${shown} of ${rows.length} rows` : `${rows.length} ${rows.length === 1 ? "row" : "rows"}`;
    more.textContent = `Show ${Math.min(AT_ONCE, rows.length - shown)} more`;
    more.hidden = shown >= rows.length;
  };
  more.addEventListener("click", draw);
  draw();
  answer.replaceChildren(box, more);
}

function wrong(words) {
  answer.replaceChildren(made("pre", words, { class: "wrong", role: "alert" }));
  const place = /line (\d+), column (\d+)/.exec(words);
  if (!place) return;
  const lines = text.value.split("\n");
  const at = lines.slice(0, place[1] - 1).reduce((n, line) => n + line.length + 1, 0) + Number(place[2]) - 1;
  text.focus();
  text.setSelectionRange(at, at + 1);
}

function draw(kind, body) {
  if (!kind.startsWith("application/sparql-results+json")) {
    answer.replaceChildren(made("pre", body, { tabindex: "0" }));
    return "";
  }
  const told = JSON.parse(body);
  if ("boolean" in told) {
    answer.replaceChildren(made("p", told.boolean ? "Yes" : "No"));
    return "";
  }
  table(told.head.vars, told.results.bindings);
  return `${told.results.bindings.length} ${told.results.bindings.length === 1 ? "row" : "rows"}, `;
}

async function fetched(accept) {
  if (running) running.abort();
  const mine = running = new AbortController();
  find("stop").disabled = false;
  state.textContent = "Asking …";
  const began = performance.now();
  try {
    const reply = await fetch("/query", { method: "POST", body: text.value, signal: mine.signal, headers: { "Content-Type": "application/sparql-query", "Accept": accept } });
    const body = await reply.text();
    return { ok: reply.ok, kind: reply.headers.get("Content-Type") || "", body, took: ((performance.now() - began) / 1000).toFixed(2) };
  } catch (error) {
    if (error.name === "AbortError") return null;
    return { ok: false, body: "The answer broke off before its end: the query was stopped, or the server is away.", took: "" };
  } finally {
    if (running === mine) {
      running = null;
      find("stop").disabled = true;
    }
  }
}

async function ask() {
  const got = await fetched("application/sparql-results+json, text/turtle;q=0.9");
  if (!got) return;
  document.documentElement.dataset.answered = String(Number(document.documentElement.dataset.answered || 0) + 1);
  if (!got.ok) {
    state.textContent = "No answer";
    wrong(got.body);
    return;
  }
  state.textContent = `${draw(got.kind, got.body)}${got.took} seconds`;
}

async function save() {
  const [accept, ending] = FORMS[find("form").value];
  const got = await fetched(accept);
  if (!got) return;
  if (!got.ok) {
    state.textContent = "Not saved";
    wrong(got.body);
    return;
  }
  const link = made("a", undefined, { href: URL.createObjectURL(new Blob([got.body], { type: got.kind })), download: `answer.${ending}` });
  link.click();
  URL.revokeObjectURL(link.href);
  state.textContent = `Saved as answer.${ending}`;
}

function stop() {
  if (running) running.abort();
  state.textContent = "Stopped";
}

async function offer() {
  const questions = await (await fetch("/examples.json")).json();
  const folders = new Map();
  for (const question of questions) {
    if (!folders.has(question.folder)) folders.set(question.folder, made("optgroup", undefined, { label: question.folder }));
    folders.get(question.folder).append(made("option", question.question, { value: question.name }));
  }
  example.append(...folders.values());
  example.addEventListener("change", () => {
    const chosen = questions.find((question) => question.name === example.value);
    if (!chosen) return;
    text.value = chosen.sparql;
    text.scrollTop = 0;
    find("about").textContent = `${chosen.name}: words after VALUES are what to change.`;
    find("about").hidden = !/\bVALUES\b/.test(chosen.sparql);
  });
}

for (const form of Object.keys(FORMS)) find("form").append(made("option", form));
find("ask").addEventListener("click", ask);
find("stop").addEventListener("click", stop);
find("save").addEventListener("click", save);
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    ask();
  }
});
offer().finally(() => { document.documentElement.dataset.drawn = "yes"; });
