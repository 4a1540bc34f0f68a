// Builds the participant's pages by themselves and then the others: built together, the code they
// share would hold what only the console needs, and every phone would fetch it (2 kB of 50).
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const participant = ['index', 'room'];
// Built last, into one file that needs no other (tools/standalone.ts).
const alone = ['verify'];
const others = readdirSync(root)
  .filter((name) => name.endsWith('.html'))
  .map((name) => name.replace('.html', ''))
  .filter((name) => ![...participant, ...alone].includes(name));

const outDir = process.env.DIST ?? 'dist';
process.env.PAGES = participant.join();
await build({ root, build: { outDir, emptyOutDir: true } });
process.env.PAGES = others.join();
await build({ root, build: { outDir, emptyOutDir: false } });
process.env.PAGES = alone.join();
await build({ root, build: { outDir, emptyOutDir: false } });
