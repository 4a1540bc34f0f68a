// Rules on what code may say: includes, co_await, clocks in the rules, left-over marks, sleeping
// tests, paths of one machine.
import { blank, blankCpp } from './blank.mjs';
import { includeRules } from './include_rules.mjs';
import { findEach, isHandWritten, lineAt, matching } from './tree.mjs';

// GCC 12 destroys some temporaries of a co_await expression twice: nothing may be built in it.
const coAwait = {
  name: 'between co_await and ; stand only names, std::move, literals and calls',
  check: (tree) =>
    matching(tree, /\.[ch]pp$/).flatMap(([file, text]) => {
      const code = blankCpp(text);
      return [...code.matchAll(/\bco_await\b/g)]
        .filter((match) => /[{[]/.test(operandOf(code, match.index)))
        .map((match) => ({
          file,
          line: lineAt(code, match.index),
          says: '{ or [ between co_await and ;',
        }));
    }),
};

// Up to the `;`, or to the `)` that encloses the whole expression (as in `if (co_await f()) {`).
function operandOf(code, start) {
  let depth = 0;
  for (let at = start; at < code.length; at += 1) {
    if (code[at] === '(') depth += 1;
    if (code[at] === ')' && --depth < 0) return code.slice(start, at);
    if (code[at] === ';') return code.slice(start, at);
  }
  return code.slice(start);
}

const clocks = {
  name: 'domain, protocol and engine ask no clock and draw no random number',
  check: (tree) =>
    matching(tree, /^src\/(domain|protocol|engine)\/.*\.[ch]pp$/).flatMap(([file, text]) =>
      findEach(
        file,
        blankCpp(text),
        /\b\w*clock::now\b|\brandom_device\b|\bgetrandom\b|\brandombytes_\w+|\bstd::rand\b/g,
        (match) => `${match[0]}: time and ids come with the command`,
      ),
    ),
};

// Spelled in pieces, so that this file does not find itself.
const words = ['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'];
const marks = new RegExp(`\\b(${words.join('|')})\\b`, 'g');

const leftOver = {
  name: 'no marks of unfinished work',
  check: (tree) =>
    [...tree]
      .filter(([file]) => !/(^|\/)package-lock\.json$/.test(file))
      .flatMap(([file, text]) => findEach(file, text, marks, (match) => match[0])),
};

const pauses = [
  /\bsleep_(?:for|until)\b/,
  /\b(?:usleep|nanosleep|sleep)\s*\(/,
  /\bwaitForTimeout\b/,
  /\bsetTimeout\s*\([^;]*?,\s*\d[\d_]{2,}\s*\)/, // shorter ones poll for a condition
];
const pause = new RegExp(pauses.map(({ source }) => source).join('|'), 'g');
const shellPause = /(?:^|[;&|]|\bdo\b|\bthen\b)[ \t]*sleep[ \t]+[\d.$]/gm;

const sleeps = {
  name: 'tests wait for a condition, never for a time',
  check: (tree) =>
    matching(tree, /^(tests|web\/tests)\//)
      .filter(([file]) => isHandWritten(file) && !file.startsWith('tests/tidy/'))
      .flatMap(([file, text]) => {
        const isCode = /\.(cpp|hpp|ts|svelte|mjs|js)$/.test(file);
        const says = (match) => match[0].trim();
        return isCode
          ? findEach(file, blank(file, text), pause, says)
          : findEach(file, text, shellPause, says);
      }),
};

const machinePath = /(?<![\w./-])\/(?:work|root|home\/[a-z]\w*|tmp\/bash_jobs[.\w]*)\//g;

const paths = {
  name: 'no path of one machine',
  check: (tree) =>
    [...tree].flatMap(([file, text]) => findEach(file, text, machinePath, (match) => match[0])),
};

export const codeRules = [...includeRules, coAwait, clocks, leftOver, sleeps, paths];
