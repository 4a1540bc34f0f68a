// What stands in the way of making the workshop, by the key of the field it belongs to. Pure.
import { doubled, readRooms } from '../store/room_list.ts';
import type { Draft, DraftPart, DraftProgramme, DraftRooms } from './draft.ts';
import { isBlank, sent } from './wording.ts';

export type FaultName =
  | 'title'
  | 'task'
  | 'question'
  | 'long'
  | 'steps'
  | 'minutes'
  | 'tasks'
  | 'role'
  | 'material'
  | 'url'
  | 'rooms.count'
  | 'rooms.list'
  | 'rooms.twice'
  | 'rooms.many';
export type Fault = { name: FaultName; n?: number };
export type Faults = Map<string, Fault>;

const title_max = 200;
const question_max = 1_000;
const role_max = 60;
const step_minutes_max = 600;
const rooms_max = 3_000;

export const counted = (text: string): number => [...text].length;
const over = (text: Record<string, string>, max: number) =>
  Math.max(0, ...Object.values(text).map((words) => counted(words) - max));

export function faultsIn(draft: Draft): Faults {
  const { languages } = draft;
  const faults = faultsInProgramme(draft.programme, languages);
  check(faults, 'title', draft.settings.title, languages, 'title', title_max);
  for (const role of draft.roles) check(faults, role.key, role.name, languages, 'role', role_max);
  const rooms = faultInRooms(draft.rooms);
  if (rooms) faults.set('rooms', rooms);
  return faults;
}

export function faultsInProgramme(programme: DraftProgramme, languages: string[]): Faults {
  const faults: Faults = new Map();
  const tasks = programme.sittings.flatMap((sitting) => sitting.tasks);
  if (tasks.length === 0) faults.set('programme', { name: 'tasks' });
  for (const task of tasks) {
    check(faults, task.key, task.title, languages, 'task', title_max);
    for (const question of task.questions) {
      check(faults, question.key, question.text, languages, 'question', question_max);
    }
    task.parts.forEach((part) => checkPart(faults, part));
  }
  for (const { key, title, url } of programme.material) {
    if (!title.trim() && !url.trim()) continue;
    if (!title.trim()) faults.set(key, { name: 'material' });
    else if (!/^https?:\/\/\S+$/.test(url.trim())) faults.set(key, { name: 'url' });
  }
  return faults;
}

function check(
  faults: Faults,
  key: string,
  text: Record<string, string>,
  languages: string[],
  name: FaultName,
  max: number,
): void {
  const n = over(sent(text, languages), max);
  if (isBlank(text, languages)) faults.set(key, { name });
  else if (n > 0) faults.set(key, { name: 'long', n });
}

function checkPart(faults: Faults, part: DraftPart): void {
  if (part.steps.length === 0) faults.set(part.key, { name: 'steps' });
  for (const { key, minutes } of part.steps) {
    const fits = minutes === null || (Number.isInteger(minutes) && minutes >= 1);
    if (!fits || (minutes ?? 0) > step_minutes_max) faults.set(key, { name: 'minutes' });
  }
}

function faultInRooms({ by, count, list }: DraftRooms): Fault | undefined {
  if (by === 'count') {
    const fits = Number.isInteger(count) && (count ?? 0) >= 1 && (count ?? 0) <= rooms_max;
    return fits ? undefined : { name: 'rooms.count', n: rooms_max };
  }
  const rooms = readRooms(list);
  if (rooms.length === 0) return { name: 'rooms.list' };
  if (rooms.length > rooms_max) return { name: 'rooms.many', n: rooms_max };
  const [twice] = doubled(rooms);
  return twice === undefined ? undefined : { name: 'rooms.twice', n: twice };
}
