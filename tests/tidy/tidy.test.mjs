// Every rule of tidy seen red on a planted fault, and green on the same code without it.
import assert from 'node:assert/strict';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync, copyFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { codeRules } from './code_rules.mjs';
import { findFormatter, layoutOfCode } from './format_rule.mjs';
import { projectRules } from './project_rules.mjs';
import { sizeRules } from './size_rules.mjs';
import { readTree } from './tree.mjs';

const rules = [...sizeRules, ...codeRules, ...projectRules];

const cmake = `
set(JSON nlohmann_json::nlohmann_json)
rundbord_library(domain)
rundbord_library(protocol USES domain LIBRARIES \${JSON})
rundbord_library(log USES domain LIBRARIES PkgConfig::SQLITE)
rundbord_library(net USES domain protocol LIBRARIES Boost::headers \${JSON})
`;

// A small project without a fault.
const sound = {
  'CMakeLists.txt': 'project(rundbord)\n',
  'README.md': '# Rundbord\n',
  'src/README.md': 'the picture\n',
  'src/CMakeLists.txt': cmake,
  'src/domain/README.md': 'the rules\n',
  'src/domain/lap.hpp': '// A lap. Plain values.\n#pragma once\n#include <vector>\n',
  'src/protocol/README.md': 'the wire\n',
  'src/protocol/SPEC.md': '**CM1** A command has an id.\n**CM2** It is answered.\n',
  'src/protocol/codec.cpp': '#include <nlohmann/json.hpp>\n#include "domain/lap.hpp"\n',
  'src/log/README.md': 'the log\n',
  'src/log/store.cpp': '#include <sqlite3.h>\n#include <mutex>\n',
  'src/net/README.md': 'the network\n',
  'src/net/socket.cpp': '#include <boost/beast/websocket.hpp>\n',
  'tests/protocol/codec_test.cpp': '// CM1 and CM2 hold.\n',
  'web/src/messages/nb.json': '{"join":{"title":"Bli med"}}',
  'web/src/messages/nn.json': '{"join":{"title":"Bli med"}}',
  'web/src/messages/da.json': '{"join":{"title":"Vær med"}}',
  'web/src/messages/en.json': '{"join":{"title":"Join"}}',
};

const ruleNamed = (words) => {
  const found = rules.filter(({ name }) => name.includes(words));
  assert.equal(found.length, 1, `one rule is named like "${words}"`);
  return found[0];
};

const findings = (words, changes) =>
  ruleNamed(words).check(new Map(Object.entries({ ...sound, ...changes })));

function caught(words, file, text, place) {
  const found = findings(words, { [file]: text });
  assert.ok(found.length > 0, `"${words}" did not see the fault in ${file}`);
  assert.equal(found[0].file, place?.file ?? file);
  if (place?.line) assert.equal(found[0].line, place.line);
}

function allowed(words, file, text) {
  assert.deepEqual(findings(words, { [file]: text }), []);
}

const lines = (count, text = 'x;') => `${text}\n`.repeat(count);
const inFunction = (count) => `int f(int a) {\n${lines(count - 2)}}\n`;

test('the sound project passes every rule', () => {
  for (const rule of rules) {
    assert.deepEqual(rule.check(new Map(Object.entries(sound))), [], rule.name);
  }
});

test('files that are too long', () => {
  caught('files of at most', 'src/domain/a.cpp', lines(501));
  allowed('files of at most', 'src/domain/a.cpp', lines(500));
  caught('files of at most', 'src/app/main.cpp', lines(121));
  caught('files of at most', 'README.md', lines(81));
});

test('functions that are too long', () => {
  allowed('functions of', 'src/domain/a.cpp', `namespace r {\n${inFunction(70)}}\n`);
  const nested = `namespace r {\nclass A : public B {\n public:\n${inFunction(71)}};\n}\n`;
  caught('functions of', 'src/domain/a.cpp', nested, { line: 4 });
  const constructed = `A::A(int x) : a_{x}, b_(f({1})) {\n${lines(70)}}\n`;
  caught('functions of', 'src/domain/a.cpp', constructed, { line: 1 });
  caught('functions of', 'tests/log/a_test.cpp', `TEST_CASE("{ a") {\n${lines(70)}}\n`);
  allowed('functions of', 'src/domain/a.cpp', `constexpr int table[] = {\n${lines(90, '1,')}};\n`);
  allowed('functions of', 'src/domain/a.hpp', `struct A {\n${lines(90, 'int a;')}};\n`);
  const afterString = `int g() { return '{' + "}{"[0]; } // {\n${inFunction(71)}`;
  caught('functions of', 'src/domain/a.cpp', afterString, { line: 2 });
});

test('functions that are too long in the browser client', () => {
  const body = lines(70);
  caught('functions of', 'web/src/a.ts', `export function f(a: string): void {\n${body}}\n`);
  caught('functions of', 'web/src/a.ts', `x();\nconst f = (a) => {\n${body}};\n`, { line: 2 });
  caught('functions of', 'web/src/a.svelte', `<p>{x}</p>\n<script lang="ts">\nf(() => {\n${body}});
</script>\n`);
  allowed('functions of', 'web/tests/a.test.ts', `describe('a', () => {\n${body}});\n`);
  allowed('functions of', 'web/src/a.ts', `const table = {\n${lines(90, 'a: 1,')}};\n`);
  const strings = `const q = /[{]/.test(\`\${f({})} {\`);\nfunction f() {\n${lines(68)}}\n`;
  allowed('functions of', 'web/src/a.ts', strings);
});

test('lines that are too wide, counted as letters and not as bytes', () => {
  caught('columns', 'src/domain/a.cpp', `\n// ${'å'.repeat(98)}\n`, { line: 2 });
  allowed('columns', 'src/domain/a.cpp', `// ${'å'.repeat(97)}\n`);
});

test('a header without its opening sentence', () => {
  caught('every header', 'src/domain/a.hpp', '#pragma once\n');
  caught('every header', 'src/domain/a.hpp', '// What it is.\n\nstruct A {};\n');
});

test('includes of folders that are not linked', () => {
  const words = 'only the folders it links';
  caught(words, 'src/domain/a.cpp', '\n#include "protocol/codec.hpp"\n', { line: 2 });
  caught(words, 'src/domain/a.cpp', '#include "lap.hpp"\n');
  caught(words, 'src/other/a.cpp', '#include "domain/lap.hpp"\n');
});

test('includes of libraries that are not linked, or where others pay for them', () => {
  const words = 'only the libraries it links';
  caught(words, 'src/domain/a.cpp', '#include <nlohmann/json.hpp>\n');
  caught(words, 'src/net/a.cpp', '#include <sqlite3.h>\n');
  caught(words, 'src/net/a.cpp', '#include <boost/asio.hpp>\n');
  caught(words, 'src/net/a.cpp', '#include <strange/thing.hpp>\n');
  caught(words, 'src/net/a.cpp', '#include <mutex>\n');
  caught(words, 'src/domain/a.cpp', '#include <thread>\n');
  caught(words, 'src/domain/a.cpp', '#include <iostream>\n');
  caught(words, 'src/protocol/a.cpp', '#include <unistd.h>\n');
  const header = '// A.\n#pragma once\n#include <nlohmann/json.hpp>\n';
  allowed(words, 'src/protocol/a.hpp', header);
  const through = {
    'src/protocol/a.hpp': header,
    'src/protocol/b.hpp': '// B.\n#pragma once\n#include "protocol/a.hpp"\n',
    'src/net/b.cpp': '#include "protocol/b.hpp"\n',
  };
  assert.equal(findings(words, through)[0].file, 'src/protocol/a.hpp');
  allowed(words, 'src/protocol/a.hpp', '// A.\n#pragma once\n#include <nlohmann/json_fwd.hpp>\n');
});

test('a second user of WebSocket or SQLite', () => {
  caught('boost/beast/websocket', 'src/net/z.cpp', '#include <boost/beast/websocket.hpp>\n');
  allowed('boost/beast/websocket', 'src/app/a.cpp', '#include <boost/beast/websocket.hpp>\n');
  caught('boost/beast/websocket', 'src/net/a.hpp', '#include <boost/beast/websocket.hpp>\n');
  caught('boost/beast/websocket', 'src/archive/a.cpp', '#include <sqlite3.h>\n');
});

test('temporaries built between co_await and ;', () => {
  const words = 'co_await';
  caught(words, 'src/net/a.cpp', '\nco_await f(Options{.a = 1});\n', { line: 2 });
  caught(words, 'src/net/a.cpp', 'auto x = co_await f(g(), [y] { return y; });\n');
  caught(words, 'tests/net/a.cpp', 'co_await f({"a",\n "b"});\n');
  allowed(words, 'src/net/a.cpp', 'if (auto r = co_await f(std::move(x)); r) { g(); }\n');
  allowed(words, 'src/net/a.cpp', 'while (co_await f("{", \'[\')) {\n}\n// co_await f({});\n');
  allowed(words, 'src/net/a.cpp', 'auto [ec, n] = co_await f(x, 1\'000);\n');
});

test('a clock or chance in the rules', () => {
  caught('ask no clock', 'src/domain/a.cpp', 'auto t = std::chrono::system_clock::now();\n');
  caught('ask no clock', 'src/engine/a.cpp', 'std::random_device chance;\n');
  allowed('ask no clock', 'src/net/a.cpp', 'auto t = std::chrono::steady_clock::now();\n');
});

test('marks of unfinished work', () => {
  caught('no marks', 'src/domain/a.cpp', `// ${'TO' + 'DO'}: finish\n`);
  caught('no marks', 'deploy/README.md', `\n${'FIX' + 'ME'}\n`, { line: 2 });
});

test('tests that sleep', () => {
  const words = 'wait for a condition';
  caught(words, 'tests/log/a.cpp', 'std::this_thread::sleep_for(10ms);\n');
  caught(words, 'tests/e2e/a.mjs', 'await page.waitForTimeout(5);\n');
  caught(words, 'web/tests/a.test.ts', 'await new Promise((r) => setTimeout(r, 500));\n');
  caught(words, 'tests/e2e/run.sh', 'start\nsleep 1\n', { line: 2 });
  allowed(words, 'tests/log/a.cpp', '// never sleep_for anything\nauto s = "sleep_for";\n');
  allowed(words, 'web/src/a.ts', 'setTimeout(f, 5000);\n');
});

test('paths of one machine', () => {
  caught('no path', 'deploy/README.md', `see /${'home'}/kari/rundbord\n`);
  allowed('no path', 'src/a/README.md', 'https://example.org/home/work/ and web/root/\n');
});

test('rules of SPEC.md without a test, and tests of rules that are not there', () => {
  const spec = 'src/protocol/SPEC.md';
  const untested = `${sound[spec]}**CM3** Repeated, it is not done again.\n`;
  caught('is quoted by a test', spec, untested, { file: spec, line: 3 });
  caught('is quoted by a test', spec, 'no rules at all\n');
  const twice = `${sound[spec]}**CM1** Once more.\n`;
  caught('is quoted by a test', spec, twice, { file: spec, line: 3 });
  caught('quote only rules', 'web/tests/a.test.ts', '// CM9\n');
  allowed('quote only rules', 'web/tests/a.test.ts', '// AB9 belongs to no family of SPEC.md\n');
});

test('message files with gaps', () => {
  const words = 'message files';
  const file = 'web/src/messages/nn.json';
  caught(words, file, '{"join":{}}');
  caught(words, file, '{"join":{"title":" "}}');
  caught(words, file, '{"join":');
  const more = '{"join":{"title":"Bli med","more":"x"}}';
  caught(words, file, more, { file: 'web/src/messages/nb.json' });
});

test('files that have no place, READMEs that are missing', () => {
  caught('top level', 'notes.txt', 'x');
  caught('top level', 'docs/a.md', 'x');
  caught('README.md, src', 'src/render/a.cpp', 'x', { file: 'src/render/README.md' });
});

function inFolder(files, use) {
  const folder = mkdtempSync(join(tmpdir(), 'rundbord-tidy-'));
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('C++ laid out otherwise', { skip: !findFormatter() && 'no clang-format 14 here' }, () => {
  const files = { 'src/domain/good.cpp': 'int a;\n', 'src/domain/bad.cpp': 'int a;\n  int  b;\n' };
  inFolder(files, (folder) => {
    const style = fileURLToPath(new URL('../../.clang-format', import.meta.url));
    copyFileSync(style, join(folder, '.clang-format'));
    const found = layoutOfCode(folder).check(readTree(folder));
    assert.deepEqual(found.map(({ file, line }) => [file, line]), [['src/domain/bad.cpp', 1]]);
  });
});

test('what is built, downloaded or binary is not read', () => {
  const notRead = { 'web/node_modules/x/b.js': 'b', 'build/c.cpp': 'c', 'd.png': '' };
  const files = { 'src/a.cpp': 'a', ...notRead };
  assert.deepEqual(inFolder(files, (folder) => [...readTree(folder).keys()]), ['src/a.cpp']);
});
