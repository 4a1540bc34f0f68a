// Rules on the size of things: files, functions, lines, and a header's opening sentence.
import { blank } from './blank.mjs';
import { functionsIn } from './functions.mjs';
import { isHandWritten, matching } from './tree.mjs';

const fileLinesMax = 500;
const functionLinesMax = 70;
const columnsMax = 100;
const mainLinesMax = 120;
const readmeLinesMax = 80;

const lineCount = (text) => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

const tooLong = (tree, pattern, max) =>
  matching(tree, pattern)
    .map(([file, text]) => ({ file, lines: lineCount(text) }))
    .filter(({ lines }) => lines > max)
    .map(({ file, lines }) => ({ file, says: `${lines} lines, ${max} at most` }));

const files = {
  name:
    `files of at most ${fileLinesMax} lines, ` +
    `main.cpp ${mainLinesMax}, README.md ${readmeLinesMax}`,
  check: (tree) => [
    ...tooLong(tree, isHandWritten, fileLinesMax),
    ...tooLong(tree, /^src\/app\/main\.cpp$/, mainLinesMax),
    ...tooLong(tree, /^README\.md$/, readmeLinesMax),
  ],
};

const functions = {
  name: `functions of at most ${functionLinesMax} lines`,
  check: (tree) =>
    matching(tree, /\.(cpp|hpp|ts|svelte|mjs|js)$/).flatMap(([file, text]) =>
      functionsIn(file, blank(file, text))
        .filter(({ lines }) => lines > functionLinesMax)
        .map(({ line, lines }) => ({ file, line, says: `a function of ${lines} lines` })),
    ),
};

const columns = {
  name: `lines of at most ${columnsMax} columns`,
  check: (tree) =>
    matching(tree, isHandWritten).flatMap(([file, text]) =>
      text
        .split('\n')
        .map((line, index) => ({ file, line: index + 1, columns: [...line].length }))
        .filter((found) => found.columns > columnsMax)
        .map(({ columns: wide, ...place }) => ({ ...place, says: `${wide} columns` })),
    ),
};

const headers = {
  name: 'every header opens with a sentence, then #pragma once',
  check: (tree) =>
    matching(tree, /^src\/.*\.hpp$/)
      .filter(([, text]) => !/^\/\/ [^\n]+\.?\n(?:\/\/[^\n]*\n)*#pragma once\n/.test(text))
      .map(([file]) => ({ file, line: 1, says: 'no opening comment right above #pragma once' })),
};

export const sizeRules = [files, functions, columns, headers];
