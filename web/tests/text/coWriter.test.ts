// One tab's text: sending, answers, others' changes, undo, composition, snapshots, lost answers.
import { describe, expect, it } from 'vitest';
import { fromSections } from '../../src/text/changeJson.ts';
import { changeOf, replacing, type Change } from '../../src/text/changeSet.ts';
import { CoWriter, heldMax, type OutgoingEdit } from '../../src/text/coWriter.ts';
import { textHash } from '../../src/text/textHash.ts';
import { placesPerEditMax, summaryUnitsMax } from '../../src/text/textRules.ts';

const open = (text = '', version = 0): CoWriter =>
  new CoWriter('me', { text, version, counter: 0 });

function type(writer: CoWriter, at: number, text: string, cut = 0, joins = false): void {
  writer.edit(replacing(writer.text.length, at, cut, text), joins);
}

const from = (version: number, change: Change, hash?: string) => ({
  version, writer: 'other', counter: version, change, ...(hash ? { hash } : {}),
});

const echo = (version: number, { counter, change }: OutgoingEdit) => ({
  version, writer: 'me', counter, change: fromSections(change)!,
});

describe('sending', () => {
  it('one edit is in flight, the rest gathers', () => {
    const writer = open();
    type(writer, 0, 'a');
    const first = writer.take()!;
    expect(first).toEqual({ version: 0, counter: 1, change: [[0, 'a']] });
    type(writer, 1, 'b');
    type(writer, 2, 'c');
    expect(writer.take()).toBeNull();
    writer.receive(echo(1, first));
    expect(writer.take()).toEqual({ version: 1, counter: 2, change: [1, [0, 'bc']] });
  });

  it('is saved when the answer or the broadcast came, whichever is first', () => {
    const answered = open();
    type(answered, 0, 'a');
    const sent = answered.take()!;
    expect(answered.unsaved).toBe(true);
    answered.acknowledged(1, 1);
    expect([answered.unsaved, answered.version]).toEqual([false, 0]);
    answered.receive(echo(1, sent));
    expect([answered.unsaved, answered.text, answered.version]).toEqual([false, 'a', 1]);

    const broadcast = open();
    type(broadcast, 0, 'a');
    broadcast.receive(echo(1, broadcast.take()!));
    broadcast.acknowledged(1, 1);
    expect([broadcast.unsaved, broadcast.text, broadcast.version]).toEqual([false, 'a', 1]);
  });

  it('an answer ahead of others’ changes waits for its broadcast', () => {
    const writer = open('xy', 3);
    type(writer, 2, 'a');
    const sent = writer.take()!;
    writer.acknowledged(1, 5);
    type(writer, 3, 'b');
    expect(writer.take()).toBeNull();
    writer.receive(from(4, replacing(2, 0, 1, '')));
    writer.receive(echo(5, { ...sent, change: [1, [0, 'a']] }));
    expect([writer.version, writer.text]).toEqual([5, 'yab']);
    expect(writer.take()).toEqual({ version: 5, counter: 2, change: [2, [0, 'b']] });
  });

  it('after a lost connection the same counter goes out again, on the present version', () => {
    const writer = open('xy', 3);
    type(writer, 2, 'a');
    writer.take();
    writer.disconnected();
    writer.receive(from(4, replacing(2, 0, 0, 'o')));
    expect(writer.take()).toEqual({ version: 4, counter: 1, change: [3, [0, 'a']] });
  });

  it('an edit in too many places goes out in parts', () => {
    const places = placesPerEditMax + 10;
    const writer = open('ab'.repeat(places));
    const splices = Array.from({ length: places }, (_, i) => ({ at: 2 * i, cut: 1, text: 'xyz' }));
    writer.edit(changeOf(2 * places, splices));
    const first = writer.take()!;
    expect(first.change.filter(Array.isArray)).toHaveLength(placesPerEditMax);
    writer.receive(echo(1, first));
    expect(writer.take()!.change.filter(Array.isArray)).toHaveLength(10);
    expect(writer.text).toBe('xyzb'.repeat(places));
  });

  it('a text too long waits until it is shorter', () => {
    const writer = open('a'.repeat(summaryUnitsMax));
    type(writer, 0, 'bc');
    expect(writer.take()).toBeNull();
    expect([writer.refused, writer.unitsTooMany]).toEqual(['text_too_long', 2]);
    type(writer, 5, '', 2);
    expect(writer.take()).not.toBeNull();
  });

  it('a text too long goes when somebody else made room', () => {
    const writer = open('a'.repeat(summaryUnitsMax));
    type(writer, 0, 'b');
    expect(writer.take()).toBeNull();
    writer.receive(from(1, replacing(summaryUnitsMax, 3, 1, '')));
    expect(writer.take()).not.toBeNull();
  });

  it('an edit the server found too long goes again when somebody made room', () => {
    const writer = open('ab');
    type(writer, 0, 'x');
    writer.take();
    writer.rejected(1, 'text_too_long');
    expect(writer.take()).toBeNull();
    writer.receive(from(1, replacing(2, 0, 1, '')));
    expect(writer.take()).toMatchObject({ version: 1, counter: 1 });
  });
});

describe('others', () => {
  it('stand first at the same place', () => {
    const writer = open();
    type(writer, 0, 'mine');
    writer.take();
    type(writer, 4, '!');
    writer.receive(from(1, replacing(0, 0, 0, 'theirs ')));
    expect(writer.text).toBe('theirs mine!');
  });

  it('a repeated change counts once', () => {
    const writer = open();
    const change = from(1, replacing(0, 0, 0, 'x'));
    writer.receive(change);
    writer.receive(change);
    expect([writer.text, writer.version, writer.needsSnapshot]).toEqual(['x', 1, false]);
  });

  it('a gap asks for a snapshot, and what came meanwhile is used after it', () => {
    const writer = open();
    type(writer, 0, 'm');
    writer.receive(from(2, replacing(1, 1, 0, 'b')));
    writer.receive(from(3, replacing(2, 2, 0, 'c')));
    expect([writer.needsSnapshot, writer.take()]).toEqual([true, null]);
    writer.snapshot({ version: 2, text: 'ab', counter: 0 });
    expect([writer.text, writer.version, writer.needsSnapshot]).toEqual(['abcm', 3, false]);
  });

  it('are told as one change that leads from the text shown before', () => {
    const writer = open('abc');
    const told: (Change | null)[] = [];
    writer.subscribe((shown) => told.push(shown));
    writer.hold();
    writer.receive(from(1, replacing(3, 0, 1, '')));
    writer.receive(from(2, replacing(2, 2, 0, 'd')));
    writer.release();
    expect(told.filter(Boolean)).toEqual([
      changeOf(3, [{ at: 0, cut: 1, text: '' }, { at: 3, cut: 0, text: 'd' }]),
    ]);
  });

  it('wait while an input method composes', () => {
    const writer = open('ab');
    writer.hold();
    writer.receive(from(1, replacing(2, 0, 0, 'X')));
    expect(writer.text).toBe('ab');
    type(writer, 2, '漢');
    writer.release();
    expect(writer.text).toBe('Xab漢');
  });

  it('a snapshot waits while an input method composes', () => {
    const writer = open('ab');
    writer.hold();
    writer.snapshot({ version: 7, text: 'abc', counter: 0 });
    type(writer, 0, '漢');
    expect(writer.text).toBe('漢ab');
    writer.release();
    expect([writer.text, writer.version]).toEqual(['漢abc', 7]);
  });

  it('more than heldMax held back are replaced by a snapshot', () => {
    const writer = open();
    writer.hold();
    for (let i = 0; i <= heldMax; i += 1) writer.receive(from(i + 1, replacing(i, i, 0, 'x')));
    expect(writer.needsSnapshot).toBe(true);
    writer.release();
    writer.snapshot({ version: heldMax + 1, text: 'x'.repeat(heldMax + 1), counter: 0 });
    expect([writer.text.length, writer.version]).toEqual([heldMax + 1, heldMax + 1]);
  });
});

describe('snapshots', () => {
  it('keep what is not sent and what is not answered', () => {
    const writer = open('one two', 1);
    type(writer, 7, ' three');
    writer.take();
    type(writer, 0, 'zero ');
    writer.rejected(1, 'text_version_too_old');
    expect(writer.needsSnapshot).toBe(true);
    writer.snapshot({ version: 3000, text: 'one TWO', counter: 0 });
    expect(writer.text).toBe('zero one TWO three');
    expect(writer.take()).toMatchObject({ version: 3000, counter: 1 });
  });

  it('that hold the edit in flight do not double it', () => {
    const writer = open('ab', 1);
    type(writer, 2, 'MINE');
    writer.take();
    type(writer, 6, '+');
    writer.disconnected();
    writer.snapshot({ version: 9, text: 'head abMINE', counter: 1 });
    expect(writer.text).toBe('head abMINE+');
    expect(writer.take()).toEqual({ version: 9, counter: 2, change: [11, [0, '+']] });
  });

  it('leave it to the broadcast where the edit in flight landed', () => {
    const writer = open('ab', 1);
    type(writer, 0, 'L');
    const sent = writer.take()!;
    // Others wrote x between a and b and took both away: at once it looks as if x came first.
    writer.snapshot({ version: 3, text: 'x', counter: 0 });
    expect(writer.text).toBe('xL');
    writer.receive(echo(4, { ...sent, change: [[0, 'L'], 1] }));
    expect([writer.text, writer.version, writer.unsaved]).toEqual(['Lx', 4, false]);
  });

  it('older than what is known are passed over', () => {
    const writer = open('now', 5);
    writer.snapshot({ version: 4, text: 'before', counter: 0 });
    expect([writer.text, writer.version]).toEqual(['now', 5]);
  });

  it('a wrong hash keeps a copy and asks for one', () => {
    const writer = open('abc', 63);
    type(writer, 3, '!');
    writer.receive(from(64, replacing(3, 0, 0, 'x'), textHash('something else')));
    expect([writer.needsSnapshot, writer.keptCopy]).toEqual([true, 'xabc!']);
    writer.snapshot({ version: 64, text: 'something else', counter: 0 });
    expect(writer.needsSnapshot).toBe(false);
    expect(writer.text).toContain('!');
  });

  it('a change that does not fit keeps a copy and asks for one', () => {
    const writer = open('abc', 3);
    writer.receive(from(4, replacing(9, 0, 0, 'x')));
    expect([writer.needsSnapshot, writer.keptCopy, writer.version]).toEqual([true, 'abc', 3]);
    writer.snapshot({ version: 4, text: 'xabc', counter: 0 });
    expect([writer.needsSnapshot, writer.text]).toEqual([false, 'xabc']);
  });

  it('a right hash asks for nothing', () => {
    const writer = open('abc', 63);
    type(writer, 3, '!');
    writer.receive(from(64, replacing(3, 0, 0, 'x'), textHash('xabc')));
    expect([writer.needsSnapshot, writer.keptCopy]).toEqual([false, null]);
  });
});

describe('refused', () => {
  it('edits stay, and go with the next one under a new counter', () => {
    const writer = open();
    type(writer, 0, 'a');
    writer.take();
    writer.rejected(1, 'busy');
    expect([writer.text, writer.refused, writer.unsaved]).toEqual(['a', 'busy', true]);
    expect(writer.unsentTexts).toEqual(['a']);
    expect(writer.take()).toBeNull();
    type(writer, 1, 'b');
    expect(writer.take()).toEqual({ version: 0, counter: 2, change: [[0, 'ab']] });
  });

  it('edits that an earlier copy had brought to the server land once', () => {
    const writer = open();
    type(writer, 0, 'a');
    const sent = writer.take()!;
    writer.disconnected();
    writer.take();
    writer.rejected(1, 'sitting_closed');
    writer.receive(echo(1, sent));
    expect([writer.text, writer.refused, writer.unsaved]).toEqual(['a', null, false]);
  });

  it('an invalid change is tried once on a fresh snapshot', () => {
    const writer = open('ab', 2);
    type(writer, 2, 'c');
    writer.take();
    writer.rejected(1, 'invalid_change');
    writer.snapshot({ version: 1, text: 'a', counter: 0 }); // the server was set back
    expect([writer.text, writer.version]).toEqual(['ac', 1]);
    expect(writer.take()).toMatchObject({ version: 1, counter: 1 });
    writer.rejected(1, 'invalid_change');
    expect([writer.needsSnapshot, writer.refused]).toEqual([false, 'invalid_change']);
  });

  it('an answer with a version long known means a counter used up', () => {
    const writer = open('ab', 5);
    type(writer, 0, 'x');
    writer.take();
    writer.acknowledged(1, 3);
    expect(writer.take()).toEqual({ version: 5, counter: 2, change: [[0, 'x'], 2] });
  });

  it('a counter another tab used up is left to it', () => {
    const writer = open();
    type(writer, 0, 'mine');
    writer.take();
    writer.receive({ version: 1, writer: 'me', counter: 1, change: replacing(0, 0, 0, 'twin ') });
    expect(writer.text).toBe('twin mine');
    expect(writer.take()).toEqual({ version: 1, counter: 2, change: [5, [0, 'mine']] });
  });
});

describe('undo', () => {
  it('takes back only own edits, wherever they have moved', () => {
    const writer = open('start');
    type(writer, 5, ' mine');
    writer.receive(from(1, replacing(5, 0, 0, 'theirs ')));
    expect(writer.text).toBe('theirs start mine');
    expect(writer.undo()).toBe(true);
    expect(writer.text).toBe('theirs start');
    expect(writer.undo()).toBe(false);
    expect(writer.redo()).toBe(true);
    expect(writer.text).toBe('theirs start mine');
  });

  it('brings back what one deleted, although others wrote there', () => {
    const writer = open('one two three');
    type(writer, 4, '', 4);
    writer.receive(from(1, replacing(13, 4, 0, 'new ')));
    expect(writer.text).toBe('one new three');
    writer.undo();
    expect(writer.text).toBe('one new two three');
  });

  it('takes typing back in groups', () => {
    const writer = open();
    type(writer, 0, 'a');
    type(writer, 1, 'b', 0, true);
    type(writer, 2, 'c', 0, false);
    writer.undo();
    expect(writer.text).toBe('ab');
    writer.undo();
    expect(writer.text).toBe('');
    writer.redo();
    expect(writer.text).toBe('ab');
  });

  it('forgets what was undone when something new is written', () => {
    const writer = open();
    type(writer, 0, 'a');
    writer.undo();
    expect(writer.canRedo).toBe(true);
    type(writer, 0, 'b');
    expect(writer.canRedo).toBe(false);
  });

  it('passes over edits that others wiped out', () => {
    const writer = open();
    type(writer, 0, 'first');
    const sent = writer.take()!;
    writer.receive(echo(1, sent));
    type(writer, 5, ' second');
    writer.receive(echo(2, writer.take()!));
    writer.receive(from(3, replacing(12, 5, 7, '')));
    expect(writer.undo()).toBe(true);
    expect(writer.text).toBe('');
  });
});

it('a reloaded tab goes on with what was in flight and what was pending', () => {
  const before = open('ab', 4);
  type(before, 2, 'c');
  before.take();
  type(before, 3, 'd');
  const saved: unknown = JSON.parse(JSON.stringify(before.save()));
  const writer = CoWriter.restore('me', saved as ReturnType<CoWriter['save']>);
  expect(writer.text).toBe('abcd');
  expect(writer.take()).toEqual({ version: 4, counter: 1, change: [2, [0, 'c']] });
  writer.receive({ version: 5, writer: 'me', counter: 1, change: replacing(2, 2, 0, 'c') });
  expect(writer.take()).toEqual({ version: 5, counter: 2, change: [3, [0, 'd']] });
});
