// Finds the functions in blanked code by their braces: {line, lines} each. Made to be right for
// code as this project writes it, not for the whole of the languages.
import { lineAt } from './tree.mjs';

export function functionsIn(file, code) {
  return /\.[ch]pp$/.test(file) ? cppFunctions(code) : scriptFunctions(code);
}

const measured = (code, begin, end) => {
  const first = lineAt(code, begin);
  return { line: first, lines: lineAt(code, end) - first + 1 };
};

const container =
  /^\s*(?:(?:inline|static|typedef)\s+)*(?:namespace|class|struct|union|enum|extern)\b/;
const afterParameters = /\)\s*(?:const|noexcept|override|final|->[^{]*|\s)*$/;

function isContainer(header) {
  const plain = header.replace(/\btemplate\s*<[^{]*?>\s*(?=(?:class|struct|union)\b)/g, '');
  return container.test(plain) && !afterParameters.test(plain);
}

// At namespace and class level every other block after a `(` is a function; inside one only the
// braces are counted, lambdas are part of it.
function cppFunctions(code) {
  const found = [];
  let begin = 0;
  for (let at = 0; at < code.length; at += 1) {
    const letter = code[at];
    if (letter === '(') at = closing(code, at, '(', ')');
    else if (letter === ';' || letter === '}') begin = at + 1;
    else if (/^(?:public|private|protected)\s*:/.test(code.slice(at, at + 12))) {
      at = code.indexOf(':', at);
      begin = at + 1;
    } else if (letter === '{') {
      const header = code.slice(begin, at);
      if (isContainer(header)) {
        begin = at + 1;
        continue;
      }
      const end = closing(code, at, '{', '}');
      const goesOn = /^\s*[,{]/.test(code.slice(end + 1, end + 200));
      at = end;
      if (goesOn && header.includes('(')) continue; // a member's initialiser before the body
      if (header.includes('(') && !/=\s*$/.test(header)) {
        found.push(measured(code, begin + header.search(/\S|$/), end));
      }
      begin = end + 1;
    }
  }
  return found;
}

function closing(code, start, open, close) {
  let depth = 0;
  for (let at = start; at < code.length; at += 1) {
    if (code[at] === open) depth += 1;
    else if (code[at] === close && --depth === 0) return at;
  }
  return code.length;
}

const control = /\b(?:if|for|while|switch|catch|with)\s*\([^]*\)\s*$/;
const suite = /\b(?:describe|suite)(?:\.\w+)*\s*\([^]*$/;

// Nested functions are measured too. A test suite is a list of tests and has no length of its own.
function scriptFunctions(code) {
  const found = [];
  for (let at = code.indexOf('{'); at >= 0; at = code.indexOf('{', at + 1)) {
    const begin = headerBegin(code, at);
    const header = code.slice(begin, at);
    const isFunction = /=>\s*$/.test(header) || /\)\s*(?::[^=;]*)?$/.test(header);
    if (!isFunction || control.test(header) || suite.test(header)) continue;
    found.push(measured(code, begin + header.search(/\S|$/), closing(code, at, '{', '}')));
  }
  return found;
}

// Back to the end of the statement before, over anything in parentheses.
function headerBegin(code, end) {
  let depth = 0;
  for (let at = end - 1; at >= 0; at -= 1) {
    if (code[at] === ')') depth += 1;
    else if (code[at] === '(') depth -= 1;
    else if (depth <= 0 && /[;{}]/.test(code[at])) return at + 1;
  }
  return 0;
}
