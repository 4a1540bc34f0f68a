// The functions of deploy/lib.sh and tests/run that decide what is installed and what counts as
// passed, each on planted cases.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const top = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'rundbord-scripts-'));
after(() => rmSync(folder, { recursive: true }));

const bash = (script, env = {}) =>
  spawnSync('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: top,
    encoding: 'utf8',
    // Without the mark of the runner around it, node's runner would run nothing inside.
    env: { ...process.env, NODE_TEST_CONTEXT: undefined, ...env },
  });

// A machine where of all packages only `ccache` and `g++` are installed.
function withPackages() {
  const program = join(folder, 'dpkg-query');
  writeFileSync(program, '#!/bin/sh\ncase $3 in g++|ccache) printf "ii ";; *) exit 1;; esac\n');
  chmodSync(program, 0o755);
  return { PATH: `${folder}:${process.env.PATH}` };
}

test('only what is missing is installed, alternatives and a newer node are enough', () => {
  const script = `. deploy/lib.sh; absent_file=/dev/null
    have_node() { return 0; }
    missing_of g++ cmake 'nothing|ccache' nodejs npm '?mold' 'a|b'`;
  const { stdout, stderr } = bash(script, withPackages());
  assert.equal(stderr, '');
  assert.deepEqual(stdout.trim().split('\n'), ['cmake', '?mold', 'a|b']);
});

test('of alternatives the first that the archive has; without any it says so', () => {
  const archive = `. deploy/lib.sh; in_archive() { [ "$1" = b ]; };`;
  assert.equal(bash(`${archive} chosen_of 'a|b' '?c'`).stdout, 'b\n');
  const lacking = bash(`${archive} chosen_of c`);
  assert.equal(lacking.status, 1);
  assert.match(lacking.stderr, /has no c/);
});

test('without root and sudo it says what to run', () => {
  const script = `. deploy/lib.sh; id() { echo 1000; }; command() { return 1; }; as_root apt-get x`;
  const { status, stderr } = bash(script);
  assert.equal(status, 1);
  assert.match(stderr, /As root, run: apt-get x/);
});

test('an unknown kind of test exits 2', () => {
  const { status, stderr } = bash('tests/run units');
  assert.equal(status, 2);
  assert.match(stderr, /unknown kind units/);
});

// Runs one counting function of tests/run on a file; gives what it counted.
function counted(call, text = '') {
  const file = join(folder, 'output');
  writeFileSync(file, text);
  const script = `. tests/run; results=${folder}; rm -f $results/lines; ${call(file)} >/dev/null
    echo "$passed $failed"`;
  const { stdout, stderr } = bash(script);
  assert.equal(stderr, '');
  return stdout.trim();
}

test('ctest: what did not run has failed, and so has a run that broke off', () => {
  const cases = (...states) =>
    states.map((state) => `\t<testcase name="a" time="0" status="${state}">\n`).join('');
  const count = (code, text) => counted((file) => `count_ctest ${code} ${file}`, text);
  assert.equal(count(0, cases('run', 'run', 'disabled')), '2 0');
  assert.equal(count(8, cases('run', 'fail', 'notrun')), '1 2');
  assert.equal(count(8, cases('run', 'run')), '2 1');
  assert.equal(count(8, ''), '0 1');
});

test('a program that ends with its summary is believed only with the right exit code', () => {
  const count = (code, text) => counted((file) => `count_last_line e2e ${code} ${file}`, text);
  assert.equal(count(0, 'x\n5 passed, 0 failed\n'), '5 0');
  assert.equal(count(1, '5 passed, 2 failed\n'), '5 2');
  assert.equal(count(1, '5 passed, 0 failed\n'), '5 1');
  assert.equal(count(0, '5 passed, 0 failed\nthen it fell over\n'), '0 1');
  assert.equal(count(0, ''), '0 1');
});

test('vitest: a file that could not be loaded is a failure without a failed test', () => {
  const count = (code, passed, failed) => {
    const report = JSON.stringify({ numPassedTests: passed, numFailedTests: failed });
    writeFileSync(join(folder, 'vitest.json'), report);
    return counted(() => `count_vitest ${code}`);
  };
  assert.equal(count(0, 7, 0), '7 0');
  assert.equal(count(1, 6, 1), '6 1');
  assert.equal(count(1, 6, 0), '6 1');
  writeFileSync(join(folder, 'vitest.json'), '');
  assert.equal(counted(() => 'count_vitest 1'), '0 1');
});

test("node's runner: red files count as failed, a broken one too", () => {
  const count = (text) => {
    const file = join(folder, 'planted.test.mjs');
    writeFileSync(file, text);
    return counted(() => `count_tap planted ${file}`);
  };
  const head = "import { test } from 'node:test';\n";
  assert.equal(count(`${head}test('a', () => {});\ntest('b', () => {});\n`), '2 0');
  assert.equal(count(`${head}test('a', () => {});\ntest('b', () => { throw 1; });\n`), '1 1');
  assert.match(count('this is no program'), / [1-9]/);
});

test('the summary fails when something failed and when nothing ran', () => {
  const summary = (numbers) =>
    bash(`. tests/run; results=${folder}; : >$results/lines; ${numbers}; summarise`);
  const good = summary('passed=3; failed=0');
  assert.equal(good.status, 0);
  assert.match(good.stdout, /\n3 passed, 0 failed\n$/);
  assert.equal(summary('passed=3; failed=1').status, 1);
  const nothing = summary('passed=0; failed=0');
  assert.equal(nothing.status, 1);
  assert.match(nothing.stdout, /\n0 passed, 0 failed\n$/);
});

// Runs tests/long on a planted figure, without building; gives its exit code and what it stored.
function long(figure, ...options) {
  writeFileSync(join(folder, 'planted.sh'), `about=planted amount_usual=3 unit=things\n${figure}`);
  const script = `. tests/long; build_server() { :; }; figures_dir=${folder}
    results_dir=${folder}/results; main planted ${options.join(' ')}`;
  const { status, stdout, stderr } = bash(script);
  const file = /^stored in (.*)$/m.exec(stdout)?.[1];
  return { status, stdout, stderr, stored: file && JSON.parse(readFileSync(file, 'utf8')) };
}

test('tests/long stores amount, seed and the last line, and ends as its figure ended', () => {
  const counting = 'run_figure() { echo "1 of $amount"; echo "{\\"found\\":$seed}"; }';
  const held = long(counting, '--seed 7');
  assert.equal(held.stderr, '');
  assert.equal(held.status, 0);
  assert.match(held.stdout, /^1 of 3$/m);
  const { commit, date, ...rest } = held.stored;
  assert.match(commit, /^([0-9a-f]{40}|unknown)/);
  assert.match(date, /^\d{4}-\d\d-\d\dT/);
  assert.deepEqual(rest, { name: 'planted', amount: 3, seed: 7, held: true, result: { found: 7 } });

  const lost = long('run_figure() { echo "one was lost"; exit 9; }', '--amount 12');
  assert.equal(lost.status, 9);
  assert.equal(lost.stored.amount, 12);
  assert.equal(lost.stored.held, false);
  assert.equal(lost.stored.result, 'one was lost');
});

test('without a Clang that has libFuzzer, fuzzing fails and says what is missing', () => {
  const run = (machine) => bash(`. tests/fuzz/run; ${machine}; main --seed 1`);
  const bare = run('command() { return 1; }');
  assert.equal(bare.status, 1);
  assert.match(bare.stdout, /packages-test\.txt/);
  assert.match(bare.stdout, /\n0 passed, 1 failed\n$/);
  const withoutLibrary = run('cannot() { return 1; }; command() { compiler=cannot; }');
  assert.equal(withoutLibrary.status, 1);
  assert.match(withoutLibrary.stdout, /no Clang with libFuzzer/);
});

test('tests/long refuses what it does not know', () => {
  assert.equal(bash('tests/long').status, 2);
  assert.match(bash('tests/long nothing').stderr, /there is no figure nothing/);
  assert.match(long('', '--amount many').stderr, /--amount needs a number/);
  assert.match(bash('tests/long --help').stdout, /tests\/long NAME/);
});
