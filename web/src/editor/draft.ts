// A workshop being prepared: what the editor changes. Everything has a key of its own, so that a
// question keeps its part when it is moved; numbers are given when it is sent. Pure.
import { freshId } from '../link/ids.ts';
import type {
  LocalText,
  Material,
  Programme,
  Right,
  Role,
  Settings,
  StepKind,
} from '../store/model.ts';

export type DraftStep = { key: string; step: StepKind; minutes: number | null };
export type DraftQuestion = { key: string; text: LocalText; earlier: LocalText[] };
// One pass through the steps for some of the task's questions, named by their keys.
export type DraftPart = { key: string; questions: string[]; steps: DraftStep[] };
export type DraftTask = {
  key: string;
  title: LocalText;
  instructions: LocalText;
  questions: DraftQuestion[];
  parts: DraftPart[];
};
export type DraftSitting = { key: string; title: LocalText; tasks: DraftTask[] };
export type DraftMaterial = Material & { key: string };
export type DraftRole = {
  key: string;
  id: string;
  name: LocalText;
  help: LocalText;
  rights: Right[];
};
export type DraftProgramme = { sittings: DraftSitting[]; material: DraftMaterial[] };
export type DraftRooms = { by: 'count' | 'list'; count: number | null; list: string };
export type Draft = {
  settings: Settings;
  // Those people can read the programme in; the first is the main one.
  languages: string[];
  programme: DraftProgramme;
  roles: DraftRole[];
  rooms: DraftRooms;
};

export const stepKinds: StepKind[] = ['silent', 'lap', 'dialogue', 'summary'];
const usual: [StepKind, number][] = [
  ['lap', 8],
  ['dialogue', 10],
  ['summary', 5],
];

export const newStep = (step: StepKind, minutes: number | null): DraftStep => ({
  key: freshId(),
  step,
  minutes,
});
export const newQuestion = (): DraftQuestion => ({ key: freshId(), text: {}, earlier: [] });
export const newPart = (questions: string[]): DraftPart => ({
  key: freshId(),
  questions,
  steps: usual.map(([step, minutes]) => newStep(step, minutes)),
});
export function newTask(): DraftTask {
  const question = newQuestion();
  const parts = [newPart([question.key])];
  return { key: freshId(), title: {}, instructions: {}, questions: [question], parts };
}
export const newSitting = (): DraftSitting => ({ key: freshId(), title: {}, tasks: [newTask()] });
export const newMaterial = (): DraftMaterial => ({ key: freshId(), title: '', url: '' });
export const newRole = (): DraftRole => ({
  key: freshId(),
  id: '',
  name: {},
  help: {},
  rights: [],
});

export function emptyDraft(language: string, roles: Role[]): Draft {
  return {
    settings: {
      title: {},
      language,
      label: 'group',
      authorship: 'shown',
      facilitator_turn: 'last',
      assignment: 'choose',
    },
    languages: [language],
    programme: { sittings: [newSitting()], material: [] },
    roles: roles.map(draftRole),
    rooms: { by: 'count', count: 10, list: '' },
  };
}

const draftRole = ({ key, name, help, rights }: Role): DraftRole => ({
  key: freshId(),
  id: key,
  name: { ...name },
  help: { ...help },
  rights: [...rights],
});

// Several paragraphs of instructions are edited as one text, a line each.
function joined(instructions: LocalText[]): LocalText {
  const languages = [...new Set(instructions.flatMap((text) => Object.keys(text)))];
  return Object.fromEntries(
    languages.map((language) => [
      language,
      instructions
        .map((text) => text[language] ?? '')
        .join('\n')
        .trim(),
    ]),
  );
}

export function draftProgramme(programme: Programme): DraftProgramme {
  const tasksOf = (sitting: number) => programme.tasks.filter((task) => task.sitting === sitting);
  return {
    material: programme.material.map((one) => ({ ...one, key: freshId() })),
    sittings: programme.sittings.map((sitting) => ({
      key: freshId(),
      title: { ...sitting.title },
      tasks: tasksOf(sitting.number).map(draftTask),
    })),
  };
}

function draftTask(task: Programme['tasks'][number]): DraftTask {
  const keys = new Map(task.questions.map((question) => [question.number, freshId()]));
  return {
    key: freshId(),
    title: { ...task.title },
    instructions: joined(task.instructions),
    questions: task.questions.map((question) => ({
      key: keys.get(question.number) ?? freshId(),
      text: { ...question.text },
      earlier: question.earlier ?? [],
    })),
    parts: task.cycles.map((cycle) => ({
      key: freshId(),
      questions: cycle.questions.flatMap((number) => keys.get(number) ?? []),
      steps: cycle.steps.map(({ step, minutes }) => newStep(step, minutes ?? null)),
    })),
  };
}

export type Source = { settings: Settings; programme: Programme; roles: Role[] };

export function draftFrom(source: Source, language: string): Draft {
  const settings = { ...source.settings, title: {}, language };
  return {
    settings,
    languages: [language],
    programme: draftProgramme(source.programme),
    roles: source.roles.map(draftRole),
    rooms: { by: 'count', count: 10, list: '' },
  };
}

// --- counting and changing ---------------------------------------------------------------------

export const minutesOf = (parts: DraftPart[]): number =>
  parts.flatMap((part) => part.steps).reduce((sum, step) => sum + (step.minutes || 0), 0);
export const sittingMinutes = (sitting: DraftSitting): number =>
  sitting.tasks.reduce((sum, task) => sum + minutesOf(task.parts), 0);

export function move<Item>(list: Item[], index: number, by: number): void {
  const to = index + by;
  if (to < 0 || to >= list.length) return;
  list.splice(to, 0, ...list.splice(index, 1));
}

export function removeQuestion(task: DraftTask, key: string): void {
  task.questions = task.questions.filter((question) => question.key !== key);
  for (const part of task.parts) part.questions = part.questions.filter((one) => one !== key);
}

// A new question is gone through in the last part: the organiser sees it there and may move it.
export function addQuestion(task: DraftTask): DraftQuestion {
  const question = newQuestion();
  task.questions.push(question);
  task.parts.at(-1)?.questions.push(question.key);
  return question;
}

// The same steps with the same minutes in every part of the programme.
export function copyPlan(programme: DraftProgramme, from: DraftPart): void {
  for (const part of programme.sittings.flatMap((one) => one.tasks).flatMap((task) => task.parts)) {
    if (part.key === from.key) continue;
    part.steps = from.steps.map(({ step, minutes }) => newStep(step, minutes));
  }
}

// Questions of the task that no part goes through, by their place in the list.
export const uncovered = (task: DraftTask): number[] =>
  task.questions.flatMap((question, i) =>
    task.parts.some((part) => part.questions.includes(question.key)) ? [] : [i + 1],
  );

// Every wording, for finding what is missing in one language.
export const wordingsOf = ({ settings, programme, roles }: Draft): LocalText[] => [
  settings.title,
  ...programme.sittings.flatMap((sitting) => [
    sitting.title,
    ...sitting.tasks.flatMap((task) => [
      task.title,
      task.instructions,
      ...task.questions.map((question) => question.text),
    ]),
  ]),
  ...roles.flatMap((role) => [role.name, role.help]),
];
