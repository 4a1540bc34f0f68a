// What one person can take back and do again: only own edits, moved along by everybody else's.
// Owned by a CoWriter.
import { changesNothing, compose, invert, mapChange, type Change } from './changeSet.ts';

/** Groups of typing; older ones are forgotten. */
export const undoMax = 200;

/** The last entry fits the present text, each earlier one the text after the one behind it. */
type Stack = Change[];

export class UndoHistory {
  #undo: Stack = [];
  #redo: Stack = [];

  get canUndo(): boolean {
    return this.#undo.some((change) => !changesNothing(change));
  }
  get canRedo(): boolean {
    return this.#redo.some((change) => !changesNothing(change));
  }

  /** `inverse` takes the edit just made back; with `joins` together with the edit before it. */
  record(inverse: Change, joins: boolean): void {
    const last = joins ? this.#undo.pop() : undefined;
    this.#undo.push(last ? compose(inverse, last) : inverse);
    if (this.#undo.length > undoMax) this.#undo.shift();
    this.#redo = [];
  }

  /** Somebody else changed the present text. */
  moveOver(remote: Change): void {
    this.#undo = moved(this.#undo, remote);
    this.#redo = moved(this.#redo, remote);
  }

  /** The change to make now; null when nothing of one's own is left to take back. */
  undo(text: string): Change | null {
    return step(this.#undo, this.#redo, text);
  }
  redo(text: string): Change | null {
    return step(this.#redo, this.#undo, text);
  }
}

function moved(stack: Stack, remote: Change): Stack {
  let over = remote;
  const result: Stack = [];
  for (const change of [...stack].reverse()) {
    result.push(mapChange(change, over, 'after'));
    over = mapChange(over, change, 'before');
  }
  return result.reverse();
}

function step(from: Stack, to: Stack, text: string): Change | null {
  let change = from.pop();
  while (change && changesNothing(change)) change = from.pop();
  if (!change) return null;
  to.push(invert(change, text));
  return change;
}
