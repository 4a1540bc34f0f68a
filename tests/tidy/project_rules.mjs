// Rules on the project as a whole: SPEC ids and their tests, message files, layout, READMEs.
import { lineAt, matching } from './tree.mjs';

const specFile = 'src/protocol/SPEC.md';
const ruleHeading = /^(?:[#>*-]+[ \t]+)?\*\*([A-Z]{2}\d+)\.?\*\*/gm;
const testFiles = /^(tests\/(?!tidy\/).*|web\/tests\/.*|web\/src\/.*\.test\.ts)$/;

function specIds(tree) {
  const text = tree.get(specFile) ?? '';
  return [...text.matchAll(ruleHeading)].map((match) => ({
    id: match[1],
    line: lineAt(text, match.index),
  }));
}

const specHeld = {
  name: 'every rule of SPEC.md is quoted by a test',
  check: (tree) => {
    const ids = specIds(tree);
    if (ids.length === 0) return [{ file: specFile, says: 'no numbered rules found' }];
    const tests = matching(tree, testFiles).map(([, text]) => text).join('\n');
    const quoted = new Set(tests.match(/\b[A-Z]{2}\d+\b/g) ?? []);
    const seen = new Set();
    return ids.flatMap(({ id, line }) => {
      const twice = seen.has(id);
      seen.add(id);
      if (twice) return [{ file: specFile, line, says: `${id} stands here a second time` }];
      return quoted.has(id) ? [] : [{ file: specFile, line, says: `no test quotes ${id}` }];
    });
  },
};

const specKnown = {
  name: 'tests quote only rules that SPEC.md has',
  check: (tree) => {
    const ids = new Set(specIds(tree).map(({ id }) => id));
    const families = new Set([...ids].map((id) => id.slice(0, 2)));
    return matching(tree, testFiles).flatMap(([file, text]) =>
      [...text.matchAll(/\b([A-Z]{2})\d+\b/g)]
        .filter(([id, family]) => families.has(family) && !ids.has(id))
        .map((match) => ({
          file,
          line: lineAt(text, match.index),
          says: `SPEC.md has no rule ${match[0]}`,
        })),
    );
  },
};

const languages = ['nb', 'nn', 'da', 'en'];

function leaves(value, path = '') {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) =>
    leaves(inner, path ? `${path}.${key}` : key),
  );
}

const messages = {
  name: 'message files of all languages have the same keys and no empty text',
  check: (tree) => {
    const keysOf = new Map();
    const findings = [];
    for (const language of languages) {
      const file = `web/src/messages/${language}.json`;
      try {
        const texts = leaves(JSON.parse(tree.get(file) ?? ''));
        keysOf.set(file, new Set(texts.map(([key]) => key)));
        findings.push(
          ...texts
            .filter(([, text]) => typeof text !== 'string' || text.trim() === '')
            .map(([key]) => ({ file, says: `${key} has no text` })),
        );
      } catch {
        findings.push({ file, says: tree.has(file) ? 'is not JSON' : 'is missing' });
      }
    }
    const all = new Set([...keysOf.values()].flatMap((keys) => [...keys]));
    for (const [file, keys] of keysOf) {
      for (const key of all) if (!keys.has(key)) findings.push({ file, says: `lacks ${key}` });
    }
    return findings;
  },
};

const topLevel = [
  /^(CMakeLists\.txt|CMakePresets\.json|README\.md|LICENSE)$/,
  /^(src|web|templates|tests|deploy)\//,
  /^\./,
];

const layout = {
  name: 'nothing at the top level but the layout',
  check: (tree) =>
    [...tree.keys()]
      .filter((file) => !topLevel.some((pattern) => pattern.test(file)))
      .map((file) => ({ file, says: 'has no place at the top level' })),
};

const readmes = {
  name: 'README.md, src/README.md and one in each folder of src/',
  check: (tree) => {
    const folders = [...tree.keys()]
      .map((file) => /^src\/(\w+)\/.*\.[ch]pp$/.exec(file)?.[1])
      .filter(Boolean);
    const inside = folders.map((name) => `src/${name}/README.md`);
    return [...new Set(['README.md', 'src/README.md', ...inside])]
      .filter((file) => !tree.has(file))
      .map((file) => ({ file, says: 'is missing' }));
  },
};

export const projectRules = [specHeld, specKnown, messages, layout, readmes];
