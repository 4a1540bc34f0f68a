// The project's own text files as a Map from path to text, and small ways to ask it. A rule takes
// such a tree and returns findings {file, line, says}, so its tests need no disk.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const notOurs = new Set(['.git', 'build', 'node_modules', 'dist', '.svelte-kit', '.cache']);
const binary = /\.(png|jpe?g|gif|ico|woff2?|ttf|otf|zip|gz|br|pdf|db|sqlite)$/;

export function readTree(root) {
  const tree = new Map();
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (notOurs.has(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (entry.isFile() && !binary.test(entry.name)) {
        tree.set(relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8'));
      }
    }
  };
  visit(root);
  return tree;
}

export const matching = (tree, pattern) =>
  [...tree].filter(([file]) => (pattern.test ? pattern.test(file) : pattern(file)));

// Files whose shape is ours to keep: everything written by hand as code or script.
const scripts = /^(deploy\/up|tests\/(run|bare|long)|tests\/(bench|fuzz)\/run|\.ci\/run)$/;
const code = /(\.(cpp|hpp|ts|svelte|mjs|js|css|sh)|CMakeLists\.txt)$/;
export const isHandWritten = (file) => code.test(file) || scripts.test(file);

export const lineAt = (text, index) => text.slice(0, index).split('\n').length;

// Every match of a pattern as a finding; `says` may be a function of the match.
export function findEach(file, text, pattern, says) {
  return [...text.matchAll(pattern)].map((match) => ({
    file,
    line: lineAt(text, match.index),
    says: typeof says === 'function' ? says(match) : says,
  }));
}
