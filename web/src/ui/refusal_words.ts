// Refusals in words a person can use: the server's codes, grouped by what to do next.
import type { Rejected } from '../link/wire.ts';
import { t, type SharedKey } from '../messages/words.svelte.ts';

const groups: [SharedKey, string][] = [
  ['refused.forbidden', 'forbidden foreign_seat'],
  ['refused.changed', 'stale_position step_closed no_clock no_lap not_your_turn exists_already'],
  ['refused.undo', 'nothing_to_undo'],
  [
    'refused.gone',
    'unknown_workshop unknown_room unknown_seat unknown_note unknown_question unknown_task ' +
      'unknown_step unknown_role unknown_sitting unknown_message unknown_text',
  ],
  ['refused.closed', 'room_closed sitting_closed'],
  ['refused.not_open', 'sitting_not_open'],
  ['refused.locked', 'rooms_locked'],
  ['refused.taken', 'role_taken'],
  ['refused.full', 'room_full too_many'],
  ['refused.long', 'note_too_long text_too_long name_too_long'],
  ['refused.empty', 'empty_text'],
  ['refused.text', 'invalid_text'],
];
const keyOf = new Map(
  groups.flatMap(([key, codes]) => codes.split(' ').map((code) => [code, key])),
);

export function refusalWords({ code, detail, facts }: Omit<Rejected, 'type'>): string {
  const key = keyOf.get(code) ?? 'refused.unknown';
  return t(key, { detail: detail || code, over: facts?.over ?? '?', ...facts });
}
