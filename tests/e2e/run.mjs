// The journeys, one after the other; the last line is `N passed, N failed`.
// RUNDBORD_SCREENSHOTS=FOLDER keeps pictures; a name as argument runs that journey alone.
import { readdirSync } from 'node:fs';

let passed = 0;
let failed = 0;
function check(what, holds, detail = '') {
  if (holds) passed += 1;
  else failed += 1;
  if (!holds) console.log(`FAILED ${what}${detail ? `\n  ${detail}` : ''}`);
}

const named = process.argv[2];

const folder = new URL('./journeys/', import.meta.url);
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.mjs'))
  .filter((name) => !named || name.includes(named))
  .sort();
for (const name of names) {
  const before = passed + failed;
  try {
    const { default: journey } = await import(new URL(name, folder));
    await journey(check);
  } catch (error) {
    check(`${name} went through`, false, String(error.stack ?? error));
  }
  console.log(`${name}: ${passed + failed - before} checks`);
}
console.log(`${passed} passed, ${failed} failed`);
// A journey that broke off may have left something that would keep us waiting.
process.exit(failed > 0 || passed === 0 ? 1 : 0);
