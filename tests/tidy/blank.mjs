// Code with its comments, strings and regular expressions blanked out: same length, same lines, so
// that what is left can be searched for braces and words.

const spaces = (text) => text.replace(/[^\n]/g, ' ');

// Replaces each match of the scanners by spaces; code between them stays.
function blankBy(text, scan) {
  let out = '';
  let at = 0;
  while (at < text.length) {
    const length = scan(text, at, out);
    if (length > 0) {
      out += spaces(text.slice(at, at + length));
      at += length;
    } else {
      out += text[at];
      at += 1;
    }
  }
  return out;
}

function lengthOf(pattern, text, at) {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match ? match[0].length : 0;
}

const comment = /\/\/(?:\\\n|[^\n])*|\/\*[^]*?(?:\*\/|$)/y;
const quoted = /"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^]|[^'\\\n])*'?/y;
const rawString = /(?:u8|[uUL])?R"([^()\\\s]{0,16})\([^]*?\)\1"/y;
const directive = /#(?:\\\n|[^\n])*/y;

export function blankCpp(text) {
  return blankBy(text, (source, at, before) => {
    const digitSeparator = source[at] === "'" && /[0-9a-fA-F]$/.test(before);
    if (digitSeparator) return 1;
    if (source[at] === '#' && /(^|\n)[ \t]*$/.test(before.slice(-80))) {
      return lengthOf(directive, source, at);
    }
    return (
      lengthOf(comment, source, at) ||
      (/\w$/.test(before.slice(-1)) ? 0 : lengthOf(rawString, source, at)) ||
      lengthOf(quoted, source, at)
    );
  });
}

const regularExpression = /\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y;
const valueBefore = /[\w)\]}"'`]\s*$/;
const keywordBefore = /\b(?:return|typeof|case|in|of|await|yield)\s*$/;

export function blankScript(text) {
  return blankBy(text, (source, at, before) => {
    const first = source[at];
    if (first === '`') return templateLength(source, at);
    if (first !== '/' && first !== '"' && first !== "'") return 0;
    const near = before.slice(-40);
    const isValue = valueBefore.test(near) && !keywordBefore.test(near);
    return (
      lengthOf(comment, source, at) ||
      lengthOf(quoted, source, at) ||
      (isValue ? 0 : lengthOf(regularExpression, source, at))
    );
  });
}

// A template string with what stands in its ${…}, which is code again but never measured.
function templateLength(text, start) {
  let at = start + 1;
  while (at < text.length && text[at] !== '`') {
    if (text[at] === '\\') at += 1;
    else if (text.startsWith('${', at)) at = endOfHole(text, at + 2);
    at += 1;
  }
  return at + 1 - start;
}

function endOfHole(text, start) {
  let at = start;
  for (let depth = 1; at < text.length; at += 1) {
    if (text[at] === '`') at += templateLength(text, at) - 1;
    else if (text[at] === '{') depth += 1;
    else if (text[at] === '}' && --depth === 0) break;
  }
  return at;
}

// Of a Svelte file only what stands in <script>; the rest is markup and style.
export function blankSvelte(text) {
  let out = '';
  let at = 0;
  for (const match of text.matchAll(/(<script\b[^>]*>)([^]*?)<\/script>/g)) {
    const begin = match.index + match[1].length;
    out += spaces(text.slice(at, begin)) + blankScript(match[2]);
    at = begin + match[2].length;
  }
  return out + spaces(text.slice(at));
}

export function blank(file, text) {
  if (/\.[ch]pp$/.test(file)) return blankCpp(text);
  if (/\.svelte$/.test(file)) return blankSvelte(text);
  return blankScript(text);
}
