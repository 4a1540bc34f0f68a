// A draft turned into what the server takes: numbers given in order, empty wordings left out. Pure.
import type { LocalText, Programme, Role, Settings } from '../store/model.ts';
import { readRooms, type NewRoom } from '../store/room_list.ts';
import type { Draft, DraftProgramme, DraftRole, DraftTask } from './draft.ts';
import { isBlank, sent } from './wording.ts';

export type Wish = {
  settings: Settings;
  programme: Programme;
  roles: Role[];
  rooms: number | NewRoom[];
};

export function wishOf(draft: Draft): Wish {
  const { settings, languages, rooms } = draft;
  return {
    settings: { ...settings, title: sent(settings.title, languages) },
    programme: programmeOf(draft.programme, languages),
    roles: rolesOf(draft.roles, languages),
    rooms: rooms.by === 'count' ? (rooms.count ?? 0) : readRooms(rooms.list),
  };
}

export function programmeOf(programme: DraftProgramme, languages: string[]): Programme {
  const tasks = programme.sittings.flatMap((sitting, s) =>
    sitting.tasks.map((task) => ({ task, sitting: s + 1 })),
  );
  return {
    sittings: programme.sittings.map((sitting, i) => ({
      number: i + 1,
      title: sent(sitting.title, languages),
    })),
    tasks: tasks.map(({ task, sitting }, i) => taskOf(task, i + 1, sitting, languages)),
    material: programme.material
      .map(({ title, url }) => ({ title: title.trim(), url: url.trim() }))
      .filter(({ title, url }) => title || url),
  };
}

function taskOf(task: DraftTask, number: number, sitting: number, languages: string[]) {
  return {
    number,
    sitting,
    title: sent(task.title, languages),
    instructions: linesOf(task.instructions, languages),
    questions: task.questions.map((question, i) => ({
      number: i + 1,
      form: 'open',
      text: sent(question.text, languages),
      earlier: question.earlier,
    })),
    cycles: task.parts.map((part) => ({
      questions: task.questions.flatMap((question, i) =>
        part.questions.includes(question.key) ? [i + 1] : [],
      ),
      steps: part.steps.map(({ step, minutes }) => (minutes ? { step, minutes } : { step })),
    })),
  };
}

// Line n of every language is one instruction; with unequal numbers of lines, one text keeps all.
function linesOf(text: LocalText, languages: string[]): LocalText[] {
  const filled = sent(text, languages);
  if (isBlank(filled, languages)) return [];
  const lines = Object.entries(filled).map(([language, words]): [string, string[]] => [
    language,
    words
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  ]);
  const counts = new Set(lines.map(([, parts]) => parts.length));
  if (counts.size > 1) return [filled];
  return Array.from({ length: [...counts][0] }, (_, i) =>
    Object.fromEntries(lines.map(([language, parts]) => [language, parts[i]])),
  );
}

// A new role's key comes of its name: letters a to z and underscores, never twice.
export function rolesOf(roles: DraftRole[], languages: string[]): Role[] {
  const taken = new Set(roles.map((role) => role.id).filter(Boolean));
  return roles.map((role) => {
    const name = sent(role.name, languages);
    const key = role.id || freeKey(Object.values(name)[0] ?? '', taken);
    taken.add(key);
    return { key, name, help: sent(role.help, languages), rights: role.rights };
  });
}

const plain: Record<string, string> = { æ: 'ae', ø: 'o', å: 'a' };

function freeKey(name: string, taken: Set<string>): string {
  const letters = name
    .toLowerCase()
    .replace(/[æøå]/g, (letter) => plain[letter])
    .normalize('NFD')
    .replace(/[^a-z]+/g, ' ')
    .trim()
    .replace(/ /g, '_')
    .slice(0, 30);
  let key = letters || 'role';
  while (taken.has(key)) key += '_x';
  return key;
}
