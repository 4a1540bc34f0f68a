// svelte-check has been seen to pass without looking. So a component with a type error is put
// beside the others for a moment, and the check must find it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';

const folder = new URL('../src/planted/', import.meta.url);
mkdirSync(folder, { recursive: true });
try {
  writeFileSync(
    new URL('Planted.svelte', folder),
    '<script lang="ts">\n  const n: number = "not a number";\n</script>\n\n{n}\n',
  );
  const run = spawnSync('npx', ['svelte-check', '--output', 'machine'], { encoding: 'utf8' });
  const found = run.status !== 0 && run.stdout.includes('Planted.svelte');
  console.log(found ? 'the planted type error was found' : 'svelte-check did not see the error');
  process.exitCode = found ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
