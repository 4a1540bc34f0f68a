// Goal: what the organiser prepares is what the server gets, whatever was moved or removed.
import { describe, expect, it } from 'vitest';
import {
  addQuestion,
  copyPlan,
  draftFrom,
  emptyDraft,
  move,
  newPart,
  removeQuestion,
  sittingMinutes,
  uncovered,
} from '../../src/editor/draft.ts';
import { faultsIn } from '../../src/editor/faults.ts';
import { rolesOf, wishOf } from '../../src/editor/send.ts';
import { isMissing, languagesIn, reworded } from '../../src/editor/wording.ts';
import type { Programme, Role, Settings } from '../../src/store/model.ts';

const question = (number: number) => ({
  number,
  form: 'open',
  text: { nb: `Spm ${number}`, en: `Q ${number}` },
  earlier: [],
});
const programme: Programme = {
  sittings: [{ number: 1, title: { nb: 'Økt' } }],
  material: [],
  tasks: [
    {
      number: 1,
      sitting: 1,
      title: { nb: 'Først', en: 'First' },
      instructions: [
        { nb: 'En', en: 'One' },
        { nb: 'To', en: 'Two' },
      ],
      questions: [question(1), question(2), question(3)],
      cycles: [
        { questions: [1], steps: [{ step: 'lap', minutes: 8 }, { step: 'dialogue' }] },
        { questions: [2, 3], steps: [{ step: 'summary', minutes: 5 }] },
      ],
    },
  ],
};
const settings = { title: { nb: 'Mal' }, language: 'nb', label: 'group' } as unknown as Settings;
const roles: Role[] = [
  {
    key: 'facilitator',
    name: { nb: 'ordstyrer', en: 'facilitator' },
    help: {},
    rights: ['lead_steps'],
  },
];
const fromTemplate = () => draftFrom({ settings, programme, roles }, 'nb');
const named = () => {
  const draft = fromTemplate();
  draft.settings.title = { nb: 'Dagen' };
  return draft;
};

describe('from template to workshop', () => {
  it('keeps everything, in the languages chosen', () => {
    const wish = wishOf(named());
    expect(wish.settings.title).toEqual({ nb: 'Dagen' });
    expect(wish.programme.tasks[0]).toMatchObject({
      title: { nb: 'Først' },
      instructions: [{ nb: 'En' }, { nb: 'To' }],
      cycles: programme.tasks[0].cycles,
    });
    expect(wish.roles).toEqual([{ ...roles[0], name: { nb: 'ordstyrer' } }]);
  });
  it('asks for a title of its own', () => {
    expect([...faultsIn(fromTemplate()).keys()]).toEqual(['title']);
    expect(faultsIn(named()).size).toBe(0);
  });
  it('brings the template’s translations when a language is added', () => {
    const draft = named();
    draft.languages.push('en');
    expect(wishOf(draft).programme.tasks[0].questions[0].text).toEqual({ nb: 'Spm 1', en: 'Q 1' });
  });
});

describe('moving and removing', () => {
  it('a question keeps its part when it moves', () => {
    const draft = named();
    move(draft.programme.sittings[0].tasks[0].questions, 2, -2);
    const [task] = wishOf(draft).programme.tasks;
    expect(task.questions.map((one) => one.text.nb)).toEqual(['Spm 3', 'Spm 1', 'Spm 2']);
    expect(task.cycles.map((cycle) => cycle.questions)).toEqual([[2], [1, 3]]);
  });
  it('stops at the ends of the list', () => {
    const list = [1, 2];
    move(list, 0, -1);
    move(list, 1, 1);
    expect(list).toEqual([1, 2]);
  });
  it('a removed question leaves its part, a new one joins the last', () => {
    const [task] = named().programme.sittings[0].tasks;
    removeQuestion(task, task.questions[1].key);
    const added = addQuestion(task);
    expect(task.parts[1].questions).toEqual([task.questions[1].key, added.key]);
    expect(uncovered(task)).toEqual([]);
    task.parts.pop();
    expect(uncovered(task)).toEqual([2, 3]);
  });
  it('copies one part’s steps to all', () => {
    const draft = named();
    const [task] = draft.programme.sittings[0].tasks;
    copyPlan(draft.programme, task.parts[0]);
    expect(task.parts[1].steps.map((one) => one.step)).toEqual(['lap', 'dialogue']);
    expect(sittingMinutes(draft.programme.sittings[0])).toBe(16);
  });
});

describe('wordings', () => {
  it('writing anew drops translations nobody looks at', () => {
    const text = { nb: 'Gammelt', en: 'Old', da: 'Gammelt' };
    expect(reworded(text, 'nb', 'Nytt', ['nb', 'en'])).toEqual({ nb: 'Nytt', en: 'Old' });
  });
  it('knows what is missing in a language', () => {
    expect(isMissing({ nb: 'a' }, 'en', ['nb', 'en'])).toBe(true);
    expect(isMissing({}, 'en', ['nb', 'en'])).toBe(false);
    expect(languagesIn(programme, 'en')).toEqual(['en', 'nb']);
  });
  it('instructions of unequal length keep every line', () => {
    const draft = named();
    draft.languages = ['nb', 'en'];
    draft.programme.sittings[0].tasks[0].instructions = { nb: 'En\nTo', en: 'One' };
    expect(wishOf(draft).programme.tasks[0].instructions).toEqual([{ nb: 'En\nTo', en: 'One' }]);
  });
});

describe('faults', () => {
  it('stand at the field they belong to', () => {
    const draft = emptyDraft('nb', []);
    const [task] = draft.programme.sittings[0].tasks;
    task.parts[0].steps[0].minutes = 0;
    task.parts.push({ ...newPart([]), steps: [] });
    draft.rooms.count = null;
    draft.programme.material.push({ key: 'm', title: 'Film', url: 'javascript:alert(1)' });
    const faults = faultsIn(draft);
    expect(faults.get('title')).toEqual({ name: 'title' });
    expect(faults.get(task.questions[0].key)).toEqual({ name: 'question' });
    expect(faults.get(task.parts[0].steps[0].key)).toEqual({ name: 'minutes' });
    expect(faults.get(task.parts[1].key)).toEqual({ name: 'steps' });
    expect(faults.get('m')).toEqual({ name: 'url' });
    expect(faults.get('rooms')).toMatchObject({ name: 'rooms.count' });
  });
  it('count what is too long', () => {
    const draft = named();
    draft.settings.title = { nb: 'x'.repeat(203) };
    expect(faultsIn(draft).get('title')).toEqual({ name: 'long', n: 3 });
  });
  it('tell of a room number that stands twice', () => {
    const draft = named();
    draft.rooms = { by: 'list', count: 1, list: '4\n4 Nes' };
    expect(faultsIn(draft).get('rooms')).toEqual({ name: 'rooms.twice', n: 4 });
  });
});

it('a role of one’s own gets a key of its own, from its name', () => {
  const role = (id: string, nb: string) => ({
    key: nb + id,
    id,
    name: { nb },
    help: {},
    rights: [],
  });
  const made = rolesOf(
    [role('note_taker', 'skriver'), role('', 'Tidsvåker'), role('', 'Tidsvåker'), role('', '☺')],
    ['nb'],
  );
  expect(made.map(({ key }) => key)).toEqual(['note_taker', 'tidsvaker', 'tidsvaker_x', 'role']);
});
