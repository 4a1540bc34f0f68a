// Goal: one's own doing is seen at once, and only one's own; nothing refused pretends to be done.
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/link/outbox.ts';
import { overlay, type Pending } from '../../src/store/overlay.ts';
import { column, fold, note, room } from './helpers.ts';

let order = 0;
const pending = (
  name: string,
  fields: object,
  more: Partial<Entry> = {},
  seq?: number,
): Pending => ({
  entry: {
    id: `c${order}`,
    client: 't',
    workshop: 'w',
    order: order++,
    made: 5,
    command: { type: 'command', id: `c${order}`, name, seat: 'a', fields: fields as never },
    ...more,
  },
  seq,
});
const write = (id: string, more: Partial<Entry> = {}, seq?: number) =>
  pending(
    'write_note',
    { note: id, room: 3, place: { task: 1, question: 1 }, kind: 'idea', text: 'new' },
    more,
    seq,
  );
const { notes } = room();

describe('over the folded notes', () => {
  it('a written note stands last and is marked as not saved', () => {
    const shown = overlay(notes, [write('mine')]);
    expect(column(shown.notes)).toEqual(['n1', 'n2', 'mine']);
    expect(shown.unsaved.get('mine')?.state).toBe('waiting');
    expect(column(notes)).toEqual(['n1', 'n2']);
  });

  it('an acknowledged one is no longer marked, and stands once when its frame has come', () => {
    expect(overlay(notes, [write('mine', {}, 9)]).unsaved.size).toBe(0);
    const later = fold(room(), { event: 'note_written', note: note('mine') });
    expect(column(overlay(later.notes, [write('mine', {}, 9)]).notes)).toEqual([
      'n1',
      'n2',
      'mine',
    ]);
  });

  it('edits, moves, marks and deletions show', () => {
    const shown = overlay(notes, [
      pending('edit_note', { note: 'n1', text: 'changed' }),
      pending('mark_note', { note: 'n1', kind: 'action' }),
      pending('move_note', { note: 'n2', to: { task: 1 } }),
    ]);
    expect(shown.notes.byId.get('n1')).toMatchObject({ text: 'changed', kind: 'action' });
    expect(column(shown.notes, '1')).toEqual(['n2']);
    expect(column(overlay(notes, [pending('delete_note', { note: 'n1' })]).notes)).toEqual(['n2']);
  });

  it('a refused text stays in sight, a refused move did not happen', () => {
    const refused = { refused: { code: 'forbidden' } };
    const shown = overlay(notes, [
      write('mine', refused),
      pending('move_note', { note: 'n1', to: {} }, refused),
    ]);
    expect(shown.unsaved.get('mine')?.state).toBe('refused');
    expect(column(shown.notes)).toEqual(['n1', 'n2', 'mine']);
  });

  it('nothing else is laid over', () => {
    expect(overlay(notes, [pending('end_turn', { seat: 'a' })]).notes).toBe(notes);
  });
});
