"use strict";
// rows that do not hold every word that is looked for are hidden; the words stand in the page's address
(() => {
  const field = document.getElementById("find"), summary = document.getElementById("summary"), said = summary.textContent;
  const rows = [...document.querySelectorAll("tbody tr")].map((row) => [row, row.textContent.toLowerCase()]);
  const filter = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const [row, text] of rows) {
      row.hidden = !words.every((word) => text.includes(word));
      found += !row.hidden;
    }
    for (const section of document.querySelectorAll("section")) section.hidden = !section.querySelector("tbody tr:not([hidden])");
    summary.textContent = words.length ? `${found} of ${rows.length} found.` : said;
    history.replaceState(null, "", "#" + (words.length ? new URLSearchParams({ find: field.value }) : ""));
  };
  const recall = () => {
    field.value = new URLSearchParams(location.hash.slice(1)).get("find") || "";
    filter();
  };
  field.addEventListener("input", filter);
  addEventListener("hashchange", recall);
  recall();
  document.documentElement.dataset.drawn = "yes";
})();
