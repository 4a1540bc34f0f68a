// The server's document (src/domain/document.hpp) in TypeScript, for tests only; crossProof.test.ts
// holds it against the C++ one.
import { applyChange, lengthAfter, mapChange, type Change } from '../../src/text/changeSet.ts';
import { textHash } from '../../src/text/textHash.ts';
import { summaryUnitsMax } from '../../src/text/textRules.ts';

export const documentChangesMax = 2_000;
export const changeSectionsMax = 1_000;
export const textHashEvery = 64;

export interface Edit {
  version: number;
  writer: string;
  counter: number;
  change: Change;
}

export type Answer =
  | { accepted: number; change: Change }
  | { repeated: number }
  | { tooOld: true }
  | { rejected: string };

const isWellFormed = (text: string): boolean => !/[\ud800-\udfff]/u.test(text);
const hasControls = (text: string): boolean =>
  [...text].some((c) => /\p{Cc}/u.test(c) && c !== '\t' && c !== '\n');
const splitsPair = (text: string, at: number): boolean =>
  at > 0 && at < text.length && /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1));

/** The name of the first fault, in the order of TextFault; null when the change may be applied. */
export function faultIn(change: Change, text: string): string | null {
  if (change.length !== text.length) return 'wrong_length';
  const edges = change.splices.flatMap(({ at, cut }) => [at, at + cut]);
  if (edges.some((at) => splitsPair(text, at))) return 'splits_character';
  if (!change.splices.every((s) => isWellFormed(s.text))) return 'lone_surrogate';
  if (change.splices.some((s) => hasControls(s.text))) return 'control_character';
  if (lengthAfter(change) > summaryUnitsMax) return 'text_too_long';
  return null;
}

function sectionCount({ length, splices }: Change): number {
  let count = splices.length;
  let at = 0;
  for (const splice of splices) {
    if (splice.at > at) count += 1;
    at = splice.at + splice.cut;
  }
  return count + (length > at ? 1 : 0);
}

export class ServerDocument {
  text: string;
  version: number;
  #changes: Change[] = [];
  #writers = new Map<string, { counter: number; version: number }>();
  #changesMax: number;

  constructor(text = '', version = 0, changesMax = documentChangesMax) {
    this.text = text;
    this.version = version;
    this.#changesMax = changesMax;
  }

  receive(edit: Edit): Answer {
    const last = this.#writers.get(edit.writer);
    const known = last && edit.counter >= 1 && edit.counter <= last.counter;
    if (known) return { repeated: last.version };
    if (edit.counter < 1) return { rejected: 'bad_counter' };
    if (edit.version < 0 || edit.version > this.version) return { rejected: 'unknown_version' };
    if (sectionCount(edit.change) > changeSectionsMax) return { rejected: 'too_many_sections' };
    const missed = this.version - edit.version;
    if (missed > this.#changes.length) return { tooOld: true };
    let change = edit.change;
    const others = this.#changes.slice(this.#changes.length - missed);
    if (others[0] && others[0].length !== change.length) return { rejected: 'wrong_length' };
    for (const other of others) change = mapChange(change, other, 'after');
    const fault = faultIn(change, this.text);
    return fault ? { rejected: fault } : { accepted: this.version + 1, change };
  }

  apply(edit: Edit, change: Change): void {
    this.text = applyChange(change, this.text);
    this.version += 1;
    this.#changes.push(change);
    if (this.#changes.length > this.#changesMax) this.#changes.shift();
    this.#writers.set(edit.writer, { counter: edit.counter, version: this.version });
  }

  lastCounter(writer: string): number {
    return this.#writers.get(writer)?.counter ?? 0;
  }

  /** What a broadcast carries beside the change. */
  hash(): string | undefined {
    return this.version % textHashEvery === 0 ? textHash(this.text) : undefined;
  }
}
