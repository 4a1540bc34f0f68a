// Where a room is in the programme and what comes next. Pure.
import type { Cycle, Programme, Question, RoomStep, StepPosition, Task } from './model.ts';

export const taskOf = (programme: Programme, number: number | undefined): Task | undefined =>
  programme.tasks.find((task) => task.number === number);

export const cycleOf = (task: Task | undefined, cycle: number): Cycle | undefined =>
  task?.cycles[cycle];

// A room sees the programme's questions and its own (`room` set).
export const questionsFor = (task: Task, room: number): Question[] =>
  task.questions.filter((question) => question.room === undefined || question.room === room);

export function questionsOf(task: Task, cycle: Cycle | undefined, room: number): Question[] {
  const seen = questionsFor(task, room);
  if (!cycle) return seen;
  return seen.filter(
    (question) => cycle.questions.includes(question.number) || question.room === room,
  );
}

export function allSteps(programme: Programme, sitting: number): StepPosition[] {
  const tasks = programme.tasks.filter((task) => task.sitting === sitting);
  return tasks.flatMap((task) =>
    task.cycles.flatMap((cycle, c) =>
      cycle.steps.map((_, step) => ({ task: task.number, cycle: c, step })),
    ),
  );
}

const same = (a: StepPosition, b: StepPosition) =>
  a.task === b.task && a.cycle === b.cycle && a.step === b.step;

export type Neighbours = { previous?: StepPosition; next?: StepPosition; n: number; m: number };

// Around a position: the step before and after in the whole sitting, n of m within its cycle.
export function around(programme: Programme, sitting: number, at: StepPosition): Neighbours {
  const all = allSteps(programme, sitting);
  const index = all.findIndex((step) => same(step, at));
  const m = cycleOf(taskOf(programme, at.task), at.cycle)?.steps.length ?? 0;
  if (index < 0) return { n: at.step + 1, m };
  return { previous: all[index - 1], next: all[index + 1], n: at.step + 1, m };
}

export const kindAt = (programme: Programme, at: StepPosition | undefined) =>
  at && cycleOf(taskOf(programme, at.task), at.cycle)?.steps[at.step]?.step;

// The sitting a room is in: that of its step, else the first one that is not closed.
export function sittingOf(
  programme: Programme,
  step: RoomStep | undefined,
  isClosed: (sitting: number) => boolean,
): number {
  const running = step && taskOf(programme, step.at.task)?.sitting;
  if (running) return running;
  const numbers = [...new Set(programme.tasks.map((task) => task.sitting))].sort((a, b) => a - b);
  return numbers.find((number) => !isClosed(number)) ?? numbers.at(-1) ?? 1;
}
