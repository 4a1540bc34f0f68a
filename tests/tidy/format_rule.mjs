// C++ is laid out by clang-format 14, the one Debian 12 has; other versions break lines elsewhere,
// so where 14 is not at hand the rule says that it was not checked.
import { spawnSync } from 'node:child_process';
import { matching } from './tree.mjs';

const major = 14;

export function findFormatter() {
  for (const name of [`clang-format-${major}`, 'clang-format']) {
    const { stdout } = spawnSync(name, ['--version'], { encoding: 'utf8' });
    if (new RegExp(`version ${major}\\.`).test(stdout ?? '')) return name;
  }
  return null;
}

export function layoutOfCode(root) {
  const formatter = findFormatter();
  return {
    name: 'C++ is laid out by .clang-format' + (formatter ? '' : ` (not checked: no ${major})`),
    check: (tree) => {
      const files = matching(tree, /^(src|tests)\/.*\.[ch]pp$/).map(([file]) => file);
      if (!formatter || files.length === 0) return [];
      const { stderr } = spawnSync(formatter, ['--dry-run', '--style=file', ...files], {
        cwd: root,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      });
      const wrong = [...stderr.matchAll(/^(.+?):(\d+):\d+: (?:warning|error):/gm)];
      const first = new Map();
      for (const [, file, line] of wrong) if (!first.has(file)) first.set(file, Number(line));
      const says = `${formatter} -i would change it`;
      return [...first].map(([file, line]) => ({ file, line, says }));
    },
  };
}
