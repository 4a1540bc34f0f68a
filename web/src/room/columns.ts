// Which columns a person sees, and their order. Pure.
import type { Place, Question, Task } from '../store/model.ts';
import { placeKey } from '../store/model.ts';
import { questionsFor } from '../store/steps.ts';
import type { Scope } from './board_view.svelte.ts';

export type Column = { key: string; place: Place; question?: Question };

const column = (place: Place, question?: Question): Column => ({
  key: placeKey(place),
  place,
  question,
});

const ofTask = (task: Task, questions: Question[]): Column[] => [
  ...questions.map((question) =>
    column({ task: task.number, question: question.number }, question),
  ),
  column({ task: task.number }),
];

type Sight = { task?: Task; questions: Question[]; tasks: Task[]; room: number };

export function columnsFor(scope: Scope, { task, questions, tasks, room }: Sight): Column[] {
  if (scope === 'room') return [column({})];
  if (scope === 'now') return task ? ofTask(task, questions) : [column({})];
  const chosen = tasks.find((one) => one.number === scope);
  return chosen ? ofTask(chosen, questionsFor(chosen, room)) : [column({})];
}

// Everything a note can be moved to, in the programme's order.
export const allColumns = (tasks: Task[], room: number): Column[] => [
  ...tasks.flatMap((task) => ofTask(task, questionsFor(task, room))),
  column({}),
];
