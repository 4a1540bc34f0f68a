// Cuts Source Sans 3 (variable, from npm) down to the letters the Nordic languages use, once per
// install; the results are build products and never committed.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
export const fontFolder = resolve(here, '../node_modules/.cache/rundbord-fonts');

const latin =
  Array.from({ length: 0x7e - 0x20 + 1 }, (_, i) => String.fromCharCode(0x20 + i)).join('') +
  Array.from({ length: 0xff - 0xa0 + 1 }, (_, i) => String.fromCharCode(0xa0 + i)).join('') +
  '–—‘’‚“”„•…‹›€−';
const sami = 'ČčĐđŊŋŠšŦŧŽž';
const cuts = [
  { name: 'latin', source: 'source-sans-3-latin-wght-normal.woff2', letters: latin },
  { name: 'sami', source: 'source-sans-3-latin-ext-wght-normal.woff2', letters: sami },
];

export async function makeFonts(): Promise<void> {
  mkdirSync(fontFolder, { recursive: true });
  const missing = cuts.filter(({ name }) => !existsSync(resolve(fontFolder, `${name}.woff2`)));
  if (missing.length === 0) return;
  const { default: subset } = await import('subset-font');
  const require = createRequire(import.meta.url);
  for (const { name, source, letters } of missing) {
    const file = require.resolve(`@fontsource-variable/source-sans-3/files/${source}`);
    const cut = await subset(readFileSync(file), letters, {
      targetFormat: 'woff2',
      variationAxes: { wght: { min: 400, max: 700 } },
    });
    writeFileSync(resolve(fontFolder, `${name}.woff2`), cut);
  }
}
