// What this person looks at: board or summary, which columns, which notes are picked. Nobody else's
// doing changes it, except that a new step brings its own question into view.
import type { Id, Place } from '../store/model.ts';
import { placeKey } from '../store/model.ts';

export type Scope = 'now' | 'room' | number;

export class BoardView {
  view = $state.raw<'board' | 'summary'>('board');
  // The column a phone shows and new notes go to.
  column = $state.raw('');
  scope = $state.raw<Scope>('now');
  // Counts one's own posts: the column they go to shows its end.
  posted = $state.raw(0);
  picking = $state.raw(false);
  picked = $state.raw<Set<Id>>(new Set());
  // Help was asked for here, and not withdrawn here since.
  waitsForHelp = false;
  // A text on its way back into the composer (refused, to be corrected).
  returned = $state.raw<{ text: string; place: Place } | undefined>();

  pick(id: Id): void {
    const picked = new Set(this.picked);
    if (!picked.delete(id)) picked.add(id);
    this.picked = picked;
  }

  stopPicking(): void {
    this.picking = false;
    this.picked = new Set();
  }

  showColumn(place: Place): void {
    this.column = placeKey(place);
  }
}
