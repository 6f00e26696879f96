// What documents say: statements out of their columns and packed words, and how each is shown.
const evidence = (() => {
  const { $, SIGNS, bytes, copy, sign, tag } = page;
  // the first line lists the words that have a code; a text is read only when it is asked for
  const reader = async () => {
    const all = new Uint8Array(await bytes("texts").arrayBuffer()), starts = [all.indexOf(10) + 1];
    if (starts[0] === 0) return () => "";
    const words = JSON.parse(new TextDecoder().decode(all.subarray(0, starts[0] - 1)));
    for (let at = starts[0]; (at = all.indexOf(10, at) + 1) > 0;) starts.push(at);
    starts.push(all.length + 1);
    return (number) => {
      let said = "";
      for (let at = starts[number], end = starts[number + 1] - 1; at < end; at += 1) {
        const byte = all[at];
        if (byte < 128) said += String.fromCharCode(byte);
        else if (byte < 228) said += words[byte - 128];
        else if (byte < 252) said += words[100 + (byte - 228) * 245 + all[at += 1] - 11];
        else said += words[100 + (24 + (byte - 252) * 245 + all[at += 1] - 11) * 245 + all[at += 1] - 11];
      }
      return said;
    };
  };

  // the sha256 of words of ASCII, of which the IRI of a statement has the first 12 hex digits
  const ROOTS = (() => {
    const primes = [], part = (x) => ((x - Math.floor(x)) * 4294967296) | 0;
    for (let n = 2; primes.length < 64; n += 1) if (primes.every((p) => n % p)) primes.push(n);
    return { start: primes.slice(0, 8).map((p) => part(Math.sqrt(p))), each: primes.map((p) => part(Math.cbrt(p))) };
  })();
  const key = (statement) => {
    const spoken = statement.toLowerCase().replace(/[^a-z0-9]+/g, ""), size = (spoken.length + 9 + 63) & ~63;
    const block = new DataView(new ArrayBuffer(size)), state = [...ROOTS.start], w = new Int32Array(64);
    for (let k = 0; k < spoken.length; k += 1) block.setUint8(k, spoken.charCodeAt(k));
    block.setUint8(spoken.length, 128);
    block.setUint32(size - 4, spoken.length * 8);
    const turn = (x, n) => (x >>> n) | (x << (32 - n));
    for (let at = 0; at < size; at += 64) {
      for (let k = 0; k < 64; k += 1) {
        const p = w[k - 15], q = w[k - 2];
        w[k] = k < 16 ? block.getInt32(at + 4 * k) : w[k - 16] + (turn(p, 7) ^ turn(p, 18) ^ (p >>> 3)) + w[k - 7] + (turn(q, 17) ^ turn(q, 19) ^ (q >>> 10));
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let k = 0; k < 64; k += 1) {
        const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROOTS.each[k] + w[k];
        const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
      }
      [a, b, c, d, e, f, g, h].forEach((value, k) => { state[k] = (state[k] + value) | 0; });
    }
    return state.slice(0, 2).map((v) => (v >>> 0).toString(16).padStart(8, "0")).join("").slice(0, 12);
  };

  const read = async (columns) => {
    const text = await reader(), size = columns.of.length;
    const first = new Uint32Array(size + 1), spots = new Uint32Array(columns.form.length + 1);
    const places = columns.forms.map((form) => form.split("“”").length - 1);
    columns.reasons.forEach((n, k) => { first[k + 1] = first[k] + n; });
    columns.form.forEach((form, k) => { spots[k + 1] = spots[k] + places[form]; });
    const kind = (k) => columns.kinds[columns.kind[k]], label = (k) => columns.labels[columns.label[k]];
    const under = (k) => { const [authorities, framework, start, regions] = columns.unders[columns.under[k]]; return { authorities, framework, start, regions }; };
    const iri = (k) => {
      const stem = columns.documents[columns.of[k]][0], rest = columns.rest[k];
      return columns.base + stem + (rest === 0 ? `${kind(k)}/${key(text(k))}` : rest);
    };
    // the concept of a reason: of the label, of a theme in its turn, or another
    const concept = (k, r) => { const own = columns.concept[r], n = r - first[k]; return own ? own - 1 : n ? columns.themes[k][n - 1] : columns.judged[columns.label[k]]; };
    const quoted = (words, at) => {
      const start = columns.spot[at], long = columns.long[at];
      if (start < 0) return words.slice(-1 - start, long - 1 - start);
      const found = [...words.matchAll(/[A-Za-z0-9]+/g)], last = found[start + long - 1];
      return words.slice(found[start].index, last.index + last[0].length);
    };
    const why = (k) => {
      const found = [], words = text(k);
      for (let r = first[k]; r < first[k + 1]; r += 1) {
        let at = spots[r];
        const name = columns.concepts[concept(k, r)];
        const reason = columns.forms[columns.form[r]].replace("“~”", () => name).replace(/“”/g, () => `“${quoted(words, at++)}”`);
        found.push([name, columns.sure[r] / 100, reason]);
      }
      return found;
    };
    // how sure a concept is of a statement, in hundredths; what nobody doubted is sure
    const surely = (k, wanted) => {
      for (let r = first[k]; r < first[k + 1]; r += 1) if (concept(k, r) === wanted) return columns.sure[r];
      return 100;
    };
    const sure = (k) => surely(k, columns.judged[columns.label[k]]) / 100;
    const around = (k) => {
      if (columns.near) return columns.near[k].map((n) => (n < 0 ? "" : text(n)));
      const beside = (n) => (n >= 0 && n < size && columns.of[n] === columns.of[k] ? text(n) : "");
      const [before, after] = [beside(k - 1), beside(k + 1)];
      const cut = [before.length > 110 ? "…" + before.slice(-110).replace(/^\S* /, "") : before, after.length > 110 ? after.slice(0, 110).replace(/ \S*$/, "") + "…" : after];
      return [cut[0] && columns.gap[k] ? cut[0] + " […]" : cut[0], cut[1] && columns.gap[k + 1] ? "[…] " + cut[1] : cut[1]];
    };
    const whose = (k) => { const { authorities, framework, start } = under(k); return [authorities.join(", "), framework, columns.sections[columns.section[k]], start].filter(Boolean).join(" · "); };
    const tone = (k) => (SIGNS[label(k)] && kind(k) === "finding" ? label(k) : kind(k) === "recommendation" ? "accent" : "plain");
    const concepts = (found) => found.map((c) => columns.concepts[c]);
    const title = (k) => columns.documents[columns.of[k]][1];
    const quote = (k) => {
      const [before, after] = around(k), reasons = why(k), themes = concepts(columns.themes[k]), cohorts = concepts(columns.cohorts[k]);
      return tag("div", { class: "finding " + tone(k) },
        before ? tag("p", { class: "around", dir: "auto" }, before) : "",
        tag("p", { class: "said", dir: "auto" }, text(k)),
        after ? tag("p", { class: "around", dir: "auto" }, after) : "",
        tag("p", { class: "quiet" }, sign(tone(k)), ` ${[kind(k) === "finding" ? "" : kind(k), label(k).replaceAll("-", " "), whose(k)].filter(Boolean).join(" · ")}`),
        themes.length || cohorts.length ? tag("p", { class: "quiet" }, [themes.length ? "Themes: " + themes.join(", ") : "", cohorts.length ? "about " + cohorts.join(", ").toLowerCase() : ""].filter(Boolean).join("; ")) : "",
        reasons.length ? tag("details", { class: "reasons" }, tag("summary", {}, "Why these labels, and how sure"),
          tag("ul", { class: "why" }, ...reasons.map(([name, confidence, reason]) => tag("li", {}, `${name} (${confidence})${reason ? ": " + reason : ""}`)))) : "",
        tag("p", { class: "quiet place" }, tag("bdi", {}, title(k) || "untitled document"), columns.page[k] ? `, page ${columns.page[k]} ` : " ",
          tag("button", { type: "button", onclick: (event) => copy(iri(k), event.target) }, "Copy IRI")));
    };
    const row = (k) => [iri(k), kind(k), text(k), label(k), concepts(columns.themes[k]).join("; "), concepts(columns.cohorts[k]).join("; "), sure(k),
      under(k).authorities.join("; "), under(k).framework, under(k).start, title(k), columns.page[k] || "", columns.sections[columns.section[k]], ...around(k)];
    return { columns, concepts, iri, kind, label, quote, row, size, sure, surely, text, title, under, whose, why };
  };
  const HEAD = ["iri", "kind", "statement", "label", "themes", "cohorts", "confidence", "authorities", "framework", "date", "document", "page", "section", "before", "after"];
  return { HEAD, key, read };
})();
