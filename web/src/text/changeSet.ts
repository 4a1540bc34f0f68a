// A change to a plain text, counted in UTF-16 units, as a row of splices; a plain value.
// The same operations as src/domain/change_set.hpp, where the normal form, the place of an
// insertion and the tie-break are explained; written in another way, so that the proof of 100,000
// random changes compares two minds and not one.

/** At `at` of the old text: insert `text`, then drop `cut` units. */
export interface Splice {
  readonly at: number;
  readonly cut: number;
  readonly text: string;
}

/** Splices stand in order, with at least one kept unit between two of them, and none is empty. */
export interface Change {
  /** Units of the text the change was made on. */
  readonly length: number;
  readonly splices: readonly Splice[];
}

/** Whose insertion stands first at one position. What is on the server stands before. */
export type Order = 'before' | 'after';

export function changesNothing(change: Change): boolean {
  return change.splices.length === 0;
}

export function lengthAfter(change: Change): number {
  return change.splices.reduce((length, s) => length + s.text.length - s.cut, change.length);
}

export function sameChange(a: Change, b: Change): boolean {
  return (
    a.length === b.length &&
    a.splices.length === b.splices.length &&
    a.splices.every((s, i) => {
      const other = b.splices[i]!;
      return s.at === other.at && s.cut === other.cut && s.text === other.text;
    })
  );
}

/** Brings splices that stand in order, perhaps touching or empty, to the normal form. */
export function changeOf(length: number, splices: Iterable<Splice>): Change {
  const tidy: Splice[] = [];
  for (const splice of splices) {
    if (splice.cut === 0 && splice.text === '') continue;
    const last = tidy.at(-1);
    if (last && last.at + last.cut === splice.at) {
      tidy[tidy.length - 1] = {
        at: last.at,
        cut: last.cut + splice.cut,
        text: last.text + splice.text,
      };
    } else {
      tidy.push(splice);
    }
  }
  return { length, splices: tidy };
}

export function replacing(length: number, at: number, cut: number, text: string): Change {
  return changeOf(length, [{ at, cut, text }]);
}

export function applyChange(change: Change, text: string): string {
  if (text.length !== change.length) throw new RangeError('a change fits only its own text');
  let result = '';
  let at = 0;
  for (const splice of change.splices) {
    result += text.slice(at, splice.at) + splice.text;
    at = splice.at + splice.cut;
  }
  return result + text.slice(at);
}

/** What takes `change`, done on `text`, back. */
export function invert(change: Change, text: string): Change {
  let moved = 0;
  const splices = change.splices.map((splice) => {
    const at = splice.at + moved;
    moved += splice.text.length - splice.cut;
    return { at, cut: splice.text.length, text: text.slice(splice.at, splice.at + splice.cut) };
  });
  return changeOf(lengthAfter(change), splices);
}

/** The new text as pieces: ranges of the old one, and inserted texts. */
type Piece = { readonly from: number; readonly to: number } | { readonly text: string };

const sizeOf = (piece: Piece): number =>
  'text' in piece ? piece.text.length : piece.to - piece.from;

function piecesOf(change: Change): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const splice of change.splices) {
    pieces.push({ from: at, to: splice.at }, { text: splice.text });
    at = splice.at + splice.cut;
  }
  pieces.push({ from: at, to: change.length });
  return pieces;
}

function cutPiece(piece: Piece, from: number, to: number): Piece {
  if ('text' in piece) return { text: piece.text.slice(from, to) };
  return { from: piece.from + from, to: piece.from + to };
}

function changeFromPieces(length: number, pieces: readonly Piece[]): Change {
  const splices: Splice[] = [];
  let at = 0;
  for (const piece of pieces) {
    if (sizeOf(piece) === 0) continue;
    if ('text' in piece) {
      splices.push({ at, cut: 0, text: piece.text });
      continue;
    }
    splices.push({ at, cut: piece.from - at, text: '' });
    at = piece.to;
  }
  splices.push({ at, cut: length - at, text: '' });
  return changeOf(length, splices);
}

/** First `first`, then `second`, as one change. */
export function compose(first: Change, second: Change): Change {
  if (lengthAfter(first) !== second.length) throw new RangeError('changes must follow each other');
  const made = piecesOf(first);
  const pieces: Piece[] = [];
  let next = 0;
  let start = 0; // where made[next] begins in the text between the two changes
  for (const piece of piecesOf(second)) {
    if ('text' in piece) {
      pieces.push(piece);
      continue;
    }
    while (next < made.length && start < piece.to) {
      const size = sizeOf(made[next]!);
      const from = Math.max(piece.from - start, 0);
      if (from < size) pieces.push(cutPiece(made[next]!, from, Math.min(piece.to - start, size)));
      if (start + size > piece.to) break;
      start += size;
      next += 1;
    }
  }
  return changeFromPieces(first.length, pieces);
}

/**
 * Where a position goes: at an insertion it stays before it or moves after it; inside a dropped
 * range it ends after what was inserted in the range's place.
 */
export function mapPosition(over: Change, position: number, order: Order): number {
  let moved = 0;
  for (const splice of over.splices) {
    if (splice.at > position || (splice.at === position && order === 'before')) break;
    moved += splice.text.length - Math.min(splice.cut, position - splice.at);
  }
  return position + moved;
}

/** The parts of [from, to) that `over` leaves, cut also where it inserts between them. */
function* leftBy(over: Change, from: number, to: number): Generator<[number, number]> {
  let at = from;
  for (const splice of over.splices) {
    if (splice.at + splice.cut <= at && splice.at < at) continue;
    if (splice.at >= to) break;
    if (splice.at > at) yield [at, splice.at];
    at = Math.max(at, splice.at + splice.cut);
  }
  if (at < to) yield [at, to];
}

function* mappedSplices(change: Change, over: Change, order: Order): Generator<Splice> {
  for (const { at, cut, text } of change.splices) {
    yield { at: mapPosition(over, at, order), cut: 0, text };
    for (const [from, to] of leftBy(over, at, at + cut)) {
      yield { at: mapPosition(over, from, 'after'), cut: to - from, text: '' };
    }
  }
}

/** Both were made on the same text; the result does `change` after `over` was done. */
export function mapChange(change: Change, over: Change, order: Order): Change {
  if (change.length !== over.length) throw new RangeError('both must be made on the same text');
  return changeOf(lengthAfter(over), mappedSplices(change, over, order));
}

const isHigh = (text: string, at: number): boolean => (text.charCodeAt(at) & 0xfc00) === 0xd800;
const isLow = (text: string, at: number): boolean => (text.charCodeAt(at) & 0xfc00) === 0xdc00;

function commonStart(a: string, b: string, most: number): number {
  let units = 0;
  while (units < most && a.charCodeAt(units) === b.charCodeAt(units)) units += 1;
  return units > 0 && isHigh(a, units - 1) ? units - 1 : units;
}

function commonEnd(a: string, b: string, most: number): number {
  let units = 0;
  while (units < most && a.charCodeAt(a.length - units - 1) === b.charCodeAt(b.length - units - 1))
    units += 1;
  return units > 0 && isLow(a, a.length - units) ? units - 1 : units;
}

/**
 * One replacement between the longest common start and the longest common end left after it, on
 * whole characters. With `caret`, the place in the new text where the person's edit ended, it is
 * the common end up to there that is taken first: so a letter typed among equal ones lands where
 * it was typed.
 */
export function diff(oldText: string, newText: string, caret?: number): Change {
  const shorter = Math.min(oldText.length, newText.length);
  const behind = caret === undefined ? 0 : Math.min(newText.length - caret, shorter);
  const kept = commonEnd(oldText, newText, behind);
  const start = commonStart(oldText, newText, shorter - kept);
  const end = commonEnd(oldText, newText, shorter - start);
  const text = newText.slice(start, newText.length - end);
  return replacing(oldText.length, start, oldText.length - start - end, text);
}
