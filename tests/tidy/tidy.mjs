// The house style as a test: every rule that a program can see, over this checkout or a folder.
// node tests/tidy/tidy.mjs [FOLDER] — prints what is wrong and where, then `N passed, N failed`.
import { fileURLToPath } from 'node:url';
import { codeRules } from './code_rules.mjs';
import { layoutOfCode } from './format_rule.mjs';
import { projectRules } from './project_rules.mjs';
import { sizeRules } from './size_rules.mjs';
import { readTree } from './tree.mjs';

const root = process.argv[2] ?? fileURLToPath(new URL('../..', import.meta.url));
const tree = readTree(root);
const rules = [...sizeRules, ...codeRules, ...projectRules, layoutOfCode(root)];

let failed = 0;
for (const rule of rules) {
  const findings = rule.check(tree);
  console.log(`${findings.length ? 'FAILED' : 'passed'}  ${rule.name}`);
  for (const { file, line, says } of findings) {
    console.log(`        ${file}${line ? `:${line}` : ''}  ${says}`);
  }
  if (findings.length) failed += 1;
}
console.log(`${rules.length - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
