// Plants one fault after the other in a copy of the source, builds the test program and asks that
// the fault's test turns red. A fault that no test notices fails this program. Needs what tests/run
// installs; the copy is kept in build/planted, so that a second time only the faults are compiled.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { faults } from "./faults.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const copy = join(root, "build/planted");
const binaries = join(copy, "build/release/tests");
// A test that waits for something which never comes is red too.
const patience_ms = 120_000;

function main() {
  const wanted = process.argv[2];
  if (wanted === "--help" || wanted === "-h") return usage();
  const chosen = faults.filter((fault) => !wanted || fault.name.includes(wanted));
  if (chosen.length === 0) throw new Error(`no fault is named like ${wanted}`);
  makeCopy(new Set(chosen.map(programOf)));
  let failed = 0;
  chosen.forEach((fault, place) => {
    const red = turnsRed(fault);
    if (!red) ++failed;
    console.log(`${place + 1} of ${chosen.length} ${red ? "red  " : "MISSED"} ${fault.name}`);
  });
  console.log(`${chosen.length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

function usage() {
  console.log(`node tests/planted/run.mjs [WORDS]

Plants each fault of tests/planted/faults.mjs (those whose name holds WORDS) in a copy of the source
and checks that its test turns red. About a minute each.

Example: node tests/planted/run.mjs "may take for ever"`);
}

const programOf = (fault) => fault.program ?? "test_net";

function makeCopy(programs) {
  mkdirSync(copy, { recursive: true });
  const parts = ["CMakeLists.txt", "CMakePresets.json", "src", "tests", "templates"];
  for (const part of parts) {
    cpSync(join(root, part), join(copy, part), {
      recursive: true,
      preserveTimestamps: true,
      filter: (path) => basename(path) !== "node_modules",  // of the benches' peers
    });
  }
  // File by file, so that a fault has its own file compiled and no other.
  run("cmake", ["--preset", "release", "-DRUNDBORD_TESTS=ON", "-DCMAKE_UNITY_BUILD=OFF"]);
  for (const program of programs) build(program);
  for (const fault of faults) {
    if (!programs.has(programOf(fault))) continue;
    if (!passes(fault)) throw new Error(`red without any fault: ${fault.test}`);
  }
}

function turnsRed(fault) {
  const file = join(copy, fault.file);
  const sound = readFileSync(file, "utf8");
  if (sound.split(fault.from).length !== 2) {
    throw new Error(`${fault.name}: not exactly once in ${fault.file}`);
  }
  writeFileSync(file, sound.replace(fault.from, () => fault.to));
  try {
    build(programOf(fault));
    return !passes(fault);
  } finally {
    writeFileSync(file, sound);
  }
}

function build(program) {
  run("cmake", ["--build", "--preset", "release", "--target", program, "-j", "2"]);
}

// Catch2 ends with an error when no test has the name, which must not look like a red test.
function passes(fault) {
  const program = join(binaries, programOf(fault));
  const name = fault.test.replaceAll(",", "\\,").replaceAll("[", "\\[");
  const listed = spawnSync(program, ["--list-test-names-only", name], { encoding: "utf8" });
  if (listed.stdout.trim() === "") throw new Error(`${fault.name}: no test is named ${fault.test}`);
  return spawnSync(program, [name], { cwd: copy, timeout: patience_ms }).status === 0;
}

function run(command, words) {
  const done = spawnSync(command, words, {
    cwd: copy,
    encoding: "utf8",
    env: { ...process.env, CCACHE_BASEDIR: copy, CCACHE_NOHASHDIR: "1" },
  });
  if (done.status !== 0) throw new Error(`${command} failed:\n${done.stdout}${done.stderr}`);
}

main();
