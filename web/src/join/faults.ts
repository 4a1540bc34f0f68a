// What to say when joining did not work: what happened and what to do next, in the reader's
// language.
import type { Problem } from '../link/http.ts';
import type { SharedKey } from '../messages/words.svelte.ts';
import type { Params } from '../messages/language.ts';

export type Fault = { key: SharedKey; params?: Params; field?: 'code' | 'name'; choose?: boolean };
type Asked = { code: string; room: string };

export function faultOf(problem: Problem, asked: Asked): Fault {
  const { room, code } = asked;
  switch (problem.code) {
    case 'offline':
      return { key: 'fault.offline' };
    case 'unknown_code':
      return { key: 'join.code.wrong', params: { code }, field: 'code' };
    case 'unknown_room':
      return { key: 'fault.room.gone', choose: true };
    case 'room_closed':
      return { key: 'fault.room.closed', params: { room }, choose: true };
    case 'room_full':
      return { key: 'fault.room.full', params: { room }, choose: true };
    case 'rooms_locked':
      return { key: 'fault.locked' };
    case 'name_too_long':
      return { key: 'fault.name.long', params: { n: 60 }, field: 'name' };
    case 'invalid_text':
      return { key: 'fault.name.text', field: 'name' };
    case 'sitting_closed':
      return { key: 'fault.ended' };
    default:
      return { key: 'refused.unknown', params: { detail: problem.detail || problem.code } };
  }
}

export const waitSeconds = (problem: Problem): number | undefined =>
  problem.status === 429 || problem.status === 503 || problem.code === 'busy'
    ? Math.ceil((problem.retryMs ?? 2_000) / 1000)
    : undefined;
