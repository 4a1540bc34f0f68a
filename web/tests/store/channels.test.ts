// Goal: a gap is seen at once; nothing is folded onto a view it does not continue.
import { describe, expect, it } from 'vitest';
import { Channels } from '../../src/store/channels.ts';

const counting = {
  read: (state: Record<string, unknown>) => Number(state.n ?? 0),
  fold: (n: number) => n + 1,
};
const snapshot = (seq: number, n = 0) =>
  ({ type: 'snapshot', channel: 'room/1', history: 'h', seq, state: { n } }) as const;
const frame = (after: number, to: number, events = 1) =>
  ({
    type: 'frame',
    channel: 'room/1',
    after,
    to,
    commits: [{ seq: to, at: 1, events: Array.from({ length: events }, () => ({ event: 'x' })) }],
  }) as const;

function following() {
  const heard: string[] = [];
  const channels = new Channels((_channel, event) => heard.push(event.event));
  channels.follow('room/1', counting);
  return { channels, heard };
}

describe('a channel', () => {
  it('SB1: asks without a position first, then from where it is', () => {
    const { channels } = following();
    expect(channels.wishes()).toEqual([{ channel: 'room/1' }]);
    channels.take(snapshot(5));
    expect(channels.wishes()).toEqual([{ channel: 'room/1', history: 'h', seq: 5 }]);
    channels.forget('room/1');
    expect(channels.wishes()).toEqual([{ channel: 'room/1' }]);
  });

  it('FR1: folds what continues its position', () => {
    const { channels, heard } = following();
    channels.take(snapshot(5, 10));
    expect(channels.fold(frame(5, 8, 2) as never)).toBe(true);
    expect([channels.view('room/1'), channels.seq('room/1'), heard.length]).toEqual([12, 8, 2]);
  });

  it('FR1: does not fold over a gap, a repetition, or before its snapshot', () => {
    const { channels } = following();
    expect(channels.fold(frame(0, 1) as never)).toBe(true);
    expect(channels.view('room/1')).toBeUndefined();
    channels.take(snapshot(5, 10));
    expect(channels.fold(frame(6, 8) as never)).toBe(false);
    expect(channels.view('room/1')).toBe(10);
    expect(channels.wishes()).toEqual([{ channel: 'room/1' }]);
    // It is asked for once; what comes before the snapshot says nothing.
    expect(channels.fold(frame(8, 9) as never)).toBe(true);
    expect(channels.view('room/1')).toBe(10);
    channels.take(snapshot(8, 11));
    expect(channels.fold(frame(5, 8) as never)).toBe(false);
    expect(channels.view('room/1')).toBe(11);
  });

  it('FR1: that says what does not fit is asked for anew', () => {
    const channels = new Channels();
    const fold = () => {
      throw new Error('does not fit');
    };
    channels.follow('room/1', { ...counting, fold });
    channels.take(snapshot(5, 10));
    expect(channels.fold(frame(5, 6, 1) as never)).toBe(false);
    expect(channels.wishes()).toEqual([{ channel: 'room/1' }]);
  });

  it('FR2: a snapshot replaces the view', () => {
    const { channels } = following();
    channels.take(snapshot(5, 10));
    channels.take(snapshot(9, 99));
    expect(channels.view('room/1')).toBe(99);
  });

  it('that was left is heard no more', () => {
    const { channels } = following();
    channels.leave('room/1');
    channels.take(snapshot(5));
    expect([channels.fold(frame(5, 6) as never), channels.view('room/1')]).toEqual([
      true,
      undefined,
    ]);
  });
});
