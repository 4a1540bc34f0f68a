// What a folder of src/ includes is what src/CMakeLists.txt links to it; heavy headers stay inside.
import { findEach, lineAt, matching } from './tree.mjs';

// The first part of an include, and the link targets that allow it.
const libraries = [
  [/^boost\//, /^Boost::/],
  [/^nlohmann\//, /^nlohmann_json::/],
  [/^unicode\//, /^ICU::/],
  [/^toml\+\+\//, /TOMLPP$/],
  [/^sodium\.h$/, /SODIUM$/],
  [/^sqlite3\.h$/, /SQLITE$/],
  [/^(spdlog|fmt)\//, /^(spdlog|fmt)::/],
  [/^CLI\//, /^CLI11::/],
  [/^qrencode\.h$/, /QRENCODE$/],
  [/^yaml-cpp\//, /YAMLCPP$/],
];

// Costly to compile, or a detail that others shall not see: in a .cpp, or in a header that no other
// folder includes.
const heavy = [
  /^boost\/beast\//,
  /^nlohmann\/(?!json_fwd\.hpp$)/,
  /^(unicode|toml\+\+|spdlog|fmt|CLI|yaml-cpp)\//,
  /^(sodium|sqlite3|qrencode)\.h$/,
];
const isHeavy = (path) => heavy.some((pattern) => pattern.test(path));
const umbrella = /^boost\/(asio|beast|json)\.hpp$/;
const threads = /^(thread|mutex|shared_mutex|condition_variable|future|semaphore|latch|barrier)$/;
const outside = /^(iostream|fstream|filesystem|random|ctime|print)$/;

const includePattern = /^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]/gm;

function includesOf(text) {
  return [...text.matchAll(includePattern)].map((match) => ({
    line: lineAt(text, match.index + match[0].indexOf('#')),
    own: match[1] === '"',
    path: match[2],
  }));
}

// folder → {uses: Set of folders, links: list of targets}, as the build file says.
export function foldersOf(cmake) {
  const plain = cmake.replace(/#[^\n]*/g, '');
  const values = new Map();
  for (const [, name, value] of plain.matchAll(/\bset\s*\(\s*(\w+)\s+([^)]*)\)/g)) {
    values.set(name, value);
  }
  const folders = new Map();
  for (const [, text] of plain.matchAll(/\brundbord_library\s*\(([^)]*)\)/g)) {
    const words = text
      .replace(/\$\{(\w+)\}/g, (_, name) => values.get(name) ?? '')
      .trim()
      .split(/\s+/);
    const part = { uses: new Set(), links: [] };
    let list = [];
    for (const word of words.slice(1)) {
      if (word === 'USES') list = part.uses;
      else if (word === 'LIBRARIES') list = part.links;
      else if (list instanceof Set) list.add(word);
      else list.push(word);
    }
    folders.set(words[0], part);
  }
  return folders;
}

const sources = (tree) => matching(tree, /^src\/\w+\/.*\.[ch]pp$/);
const folderOf = (file) => file.split('/')[1];

function eachInclude(tree, judge) {
  return sources(tree).flatMap(([file, text]) =>
    includesOf(text).flatMap((include) => {
      const says = judge(file, include);
      return says ? [{ file, line: include.line, says }] : [];
    }),
  );
}

const ownFolders = {
  name: 'a folder of src/ includes only the folders it links',
  check: (tree) => {
    const folders = foldersOf(tree.get('src/CMakeLists.txt') ?? '');
    return eachInclude(tree, (file, { own, path }) => {
      const here = folderOf(file);
      if (!own) return null;
      if (!folders.has(here)) return `src/${here} is not in src/CMakeLists.txt`;
      if (!path.includes('/')) return `"${path}": say the folder, "${here}/${path}"`;
      const there = path.split('/')[0];
      if (there === here || folders.get(here).uses.has(there)) return null;
      return `"${path}": src/${here} does not link ${there}`;
    });
  },
};

const linkedLibraries = {
  name: 'a folder of src/ includes only the libraries it links and keeps the heavy ones inside',
  check: (tree) => {
    const folders = foldersOf(tree.get('src/CMakeLists.txt') ?? '');
    return eachInclude(tree, (file, { own, path }) => {
      if (own) return null;
      if (umbrella.test(path)) return `<${path}> brings in a whole library`;
      if (isHeavy(path) && seenOutside(tree, file)) {
        return `<${path}> belongs in a .cpp: other folders include this header`;
      }
      const known = libraries.find(([include]) => include.test(path));
      const links = folders.get(folderOf(file))?.links ?? [];
      if (known) {
        return links.some((target) => known[1].test(target))
          ? null
          : `<${path}>: src/${folderOf(file)} does not link it`;
      }
      return judgeSystemInclude(folderOf(file), path);
    });
  },
};

// Whether a file of another folder includes this one, straight or through others.
function seenOutside(tree, header) {
  const reached = new Set([header]);
  for (const name of reached) {
    const include = `#include "${name.slice('src/'.length)}"`;
    for (const [file, text] of sources(tree)) if (text.includes(include)) reached.add(file);
  }
  return [...reached].some((file) => folderOf(file) !== folderOf(header));
}

// What remains is the standard library (no dot, no slash) or the operating system's.
function judgeSystemInclude(folder, path) {
  const pure = /^(domain|protocol|engine)$/.test(folder);
  if (/[./]/.test(path)) {
    if (!/^[\w/]+\.h$/.test(path)) return `<${path}>: tests/tidy does not know this library`;
    return pure || folder === 'render' ? `<${path}>: no operating system in src/${folder}` : null;
  }
  if (pure && threads.test(path)) return `<${path}>: no threads in src/${folder}`;
  if (pure && outside.test(path)) return `<${path}>: no I/O, clock or chance in src/${folder}`;
  if (folder === 'net' && /mutex$/.test(path)) return `<${path}>: threads meet by post only`;
  return null;
}

// The server's end in src/net; the other end, of replay, in src/app.
const oneWebSocket = {
  name: 'one .cpp of src/net and one of src/app include boost/beast/websocket, src/log sqlite3.h',
  check: (tree) => {
    const users = sources(tree).flatMap(([file, text]) =>
      findEach(file, text, /#\s*include\s*<boost\/beast\/websocket[^>]*>/g, 'a second user of it'),
    );
    const files = [...new Set(users.map(({ file }) => file))].sort();
    const first = ['net', 'app'].map((folder) =>
      files.find((file) => file.startsWith(`src/${folder}/`) && file.endsWith('.cpp')),
    );
    const sqlite = sources(tree)
      .filter(([file]) => !file.startsWith('src/log/'))
      .flatMap(([file, text]) =>
        findEach(file, text, /#\s*include\s*<sqlite3\.h>/g, 'sqlite3.h outside of src/log'),
      );
    return [...users.filter(({ file }) => !first.includes(file)), ...sqlite];
  },
};

export const includeRules = [ownFolders, linkedLibraries, oneWebSocket];
