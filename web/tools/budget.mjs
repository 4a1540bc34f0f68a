// Holds the byte budgets of the pages over web/dist, gzipped as a proxy would send them at worst.
// Counts one language and the font everybody gets. Exits 1 when a budget is broken.
import { readFileSync, readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

const dist = process.env.DIST
  ? pathToFileURL(`${process.env.DIST}/`)
  : new URL('../dist/', import.meta.url);
const kB = 1000;
const read = (name) => readFileSync(new URL(name, dist));
const gz = (data) => gzipSync(data, { level: 9 }).length;
const files = readdirSync(new URL('assets/', dist)).map((name) => `assets/${name}`);

const words = /\/(nb|nn|da|en)-[^/]*\.js$/;

// What a page loads to be of use: its scripts, their imports, and the words of one language. With
// `later` also the parts it fetches in quiet moments.
function scriptsOf(html, later) {
  const seen = new Set([files.find((name) => /\/nb-[^/]*\.js$/.test(name))]);
  const visit = (name) => {
    if (seen.has(name) || words.test(name)) return;
    seen.add(name);
    const code = read(name).toString();
    const at = later
      ? /["'`]\.?\/?(?:assets\/)?([\w-]+\.js)["'`]/g
      : /(?:from|import)\s*"\.\/([^"]+)"/g;
    for (const [, other] of code.matchAll(at)) visit(`assets/${other}`);
  };
  for (const [, name] of html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)) visit(name);
  return seen;
}

const styleOf = (html) => /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';

function measure(names, later = false) {
  const pages = names.map((name) => read(`${name}.html`).toString());
  const scripts = new Set(pages.flatMap((html) => [...scriptsOf(html, later)]));
  const js = [...scripts].reduce((sum, name) => sum + gz(read(name)), 0);
  const css = pages.reduce((sum, html) => sum + gz(styleOf(html)), 0);
  const html = pages.reduce((sum, page) => sum + gz(page), 0);
  const font = read(files.find((name) => /latin-.*woff2$/.test(name))).length;
  return { js, css, all: js + html + font };
}

const budgets = [
  { pages: ['index', 'room'], js: 50 * kB, css: 8 * kB, all: 110 * kB },
  { pages: ['console'], js: 60 * kB },
];
let broken = 0;
for (const { pages, ...gates } of budgets) {
  const there = new Set(readdirSync(dist));
  if (!pages.every((page) => there.has(`${page}.html`))) continue;
  const found = measure(pages);
  const withLater = (measure(pages, true).js / kB).toFixed(1);
  console.log(`     ${pages.join(' + ')}: js with all that is fetched later ${withLater} kB`);
  for (const [what, gate] of Object.entries(gates)) {
    const ok = found[what] <= gate;
    broken += ok ? 0 : 1;
    const is = (found[what] / kB).toFixed(1);
    console.log(`${ok ? 'ok  ' : 'OVER'} ${pages.join(' + ')}: ${what} ${is} of ${gate / kB} kB`);
  }
}
process.exit(broken ? 1 : 0);
