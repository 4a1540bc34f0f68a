// What a card on the board shows beside its words, made once per note and kept as long as nothing
// it depends on has changed: a long board costs only what is new. Pure but for its own cache.
import type { Id, Note } from './model.ts';
import type { Overlaid, Unsaved } from './overlay.ts';

export type Card = {
  id: Id;
  note: Note;
  source: string;
  mine: boolean;
  mayEdit: boolean;
  unsaved?: Unsaved;
};
export type Judge = Pick<Card, 'source' | 'mine' | 'mayEdit'>;

export class Cards {
  #made = new WeakMap<Note, Card>();

  // `judge` stays the same for the life of a Cards: make a new one when people or rights change.
  constructor(readonly judge: (note: Note) => Judge) {}

  of({ notes, unsaved }: Overlaid, ids: Id[]): Card[] {
    const cards: Card[] = [];
    for (const id of ids) {
      const note = notes.byId.get(id);
      if (note) cards.push(this.#card(note, unsaved.get(id)));
    }
    return cards;
  }

  #card(note: Note, unsaved: Unsaved | undefined): Card {
    const made = this.#made.get(note);
    if (made && same(made.unsaved, unsaved)) return made;
    const card = { id: note.id, note, unsaved, ...this.judge(note) };
    this.#made.set(note, card);
    return card;
  }
}

const same = (a: Unsaved | undefined, b: Unsaved | undefined) =>
  a?.state === b?.state && a?.entry === b?.entry;

// Cuts into chunks of `size`, keeping an earlier chunk where nothing in it has changed.
export function chunked<T>(items: T[], size: number, before: T[][] = []): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => {
    const chunk = items.slice(i * size, (i + 1) * size);
    const old = before[i];
    const unchanged = old?.length === chunk.length && old.every((item, k) => item === chunk[k]);
    return unchanged ? old : chunk;
  });
}
