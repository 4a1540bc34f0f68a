// @vitest-environment jsdom
// A textarea tied to a CoWriter: typing becomes edits, others come in around the caret.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { replacing } from '../../src/text/changeSet.ts';
import { CoWriter } from '../../src/text/coWriter.ts';
import {
  bindTextarea, flushAloneMs, flushInCompanyMs, keptSelection, undoPauseMs, type TextareaBinding,
} from '../../src/text/textareaBinding.ts';

let area: HTMLTextAreaElement;
let writer: CoWriter;
let binding: TextareaBinding;
let flushed: number;
let company: boolean;
let clock: number;

function open(text: string): void {
  area = document.createElement('textarea');
  document.body.append(area);
  writer = new CoWriter('me', { text, version: 0, counter: 0 });
  const flush = (): void => { flushed += 1; };
  binding = bindTextarea(area, writer, { company: () => company, flush, now: () => clock });
  area.focus();
}

/** As the browser does it: the value first, then the event. */
function type(text: string, inputType = 'insertText'): void {
  area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end');
  area.dispatchEvent(new InputEvent('input', { inputType, bubbles: true }));
}

function remote(version: number, at: number, cut: number, text: string): void {
  const change = replacing(writer.save().text.length, at, cut, text);
  writer.receive({ version, writer: 'other', counter: version, change });
}

const press = (key: string, more: KeyboardEventInit = {}): boolean => {
  const init = { key, ctrlKey: true, cancelable: true, ...more };
  return area.dispatchEvent(new KeyboardEvent('keydown', init));
};

beforeEach(() => {
  vi.useFakeTimers();
  flushed = 0;
  clock = 0;
  company = false;
});

afterEach(() => {
  binding.destroy();
  area.remove();
  vi.useRealTimers();
});

describe('the person', () => {
  it('types, and the writer has it', () => {
    open('ab');
    area.setSelectionRange(1, 1);
    type('x');
    expect(writer.text).toBe('axb');
  });

  it('types among equal letters, and the edit is where it was typed', () => {
    open('aaa');
    area.setSelectionRange(1, 1);
    type('a');
    expect(writer.take()!.change).toEqual([1, [0, 'a'], 2]);
  });

  it('pastes what the server would refuse, and it is left out', () => {
    open('ab');
    area.setSelectionRange(1, 1);
    type('x\u0000\u000by', 'insertFromPaste');
    expect([writer.text, area.value, area.selectionEnd]).toEqual(['axyb', 'axyb', 3]);
  });

  it('undoes with Ctrl+Z and does again with Ctrl+Y or Ctrl+Shift+Z', () => {
    open('');
    type('a');
    clock += undoPauseMs;
    type('b');
    expect(press('z')).toBe(false);
    expect(area.value).toBe('a');
    area.setSelectionRange(0, 0);
    press('y');
    expect([area.value, area.selectionEnd]).toEqual(['ab', 2]); // the caret follows
    press('z');
    press('Z', { shiftKey: true });
    expect([area.value, writer.text]).toEqual(['ab', 'ab']);
  });

  it('has words put in from elsewhere, and sees them', () => {
    open('ab');
    area.setSelectionRange(1, 1);
    writer.write(replacing(2, 2, 0, '\nnote'));
    expect([area.value, writer.text, area.selectionEnd]).toEqual(['ab\nnote', 'ab\nnote', 1]);
    binding.undo();
    expect(area.value).toBe('ab');
  });

  it('undoes from the menu without taking others’ words', () => {
    open('');
    type('mine');
    remote(1, 0, 0, 'theirs ');
    const undo = new InputEvent('beforeinput', { inputType: 'historyUndo', cancelable: true });
    expect(area.dispatchEvent(undo)).toBe(false);
    expect(area.value).toBe('theirs ');
  });

  it('undoes typing without pauses in one go, up to a new line', () => {
    open('');
    for (const letter of 'ab') type(letter);
    type('\n', 'insertLineBreak');
    for (const letter of 'cd') type(letter);
    binding.undo();
    expect(area.value).toBe('ab\n');
    binding.undo();
    expect(area.value).toBe('ab');
    binding.undo();
    expect(area.value).toBe('');
  });
});

describe('others', () => {
  it('write before the caret, and it moves with the text', () => {
    open('one two');
    area.setSelectionRange(4, 7, 'backward');
    remote(1, 0, 3, 'eleven');
    expect(area.value).toBe('eleven two');
    expect([area.selectionStart, area.selectionEnd]).toEqual([7, 10]);
    expect(area.selectionDirection).toBe('backward');
  });

  it('write at the caret, and it stays before', () => {
    open('ab');
    area.setSelectionRange(1, 1);
    remote(1, 1, 0, 'XY');
    expect([area.value, area.selectionStart, area.selectionEnd]).toEqual(['aXYb', 1, 1]);
  });

  it('write at the edges of a selection, and stay outside of it', () => {
    expect(keptSelection(replacing(6, 2, 0, 'XY'), 2, 4)).toEqual([4, 6]);
    expect(keptSelection(replacing(6, 4, 0, 'XY'), 2, 4)).toEqual([2, 4]);
    expect(keptSelection(replacing(6, 1, 4, ''), 2, 4)).toEqual([1, 1]);
  });

  it('do not take the focus', () => {
    open('ab');
    const other = document.createElement('button');
    document.body.append(other);
    other.focus();
    remote(1, 0, 0, 'X');
    expect(area.value).toBe('Xab');
    expect(document.activeElement).toBe(other);
    other.remove();
  });

  it('leave the view where it is', () => {
    open('line\n'.repeat(50));
    area.scrollTop = 120;
    remote(1, 249, 0, 'more\n');
    expect(area.scrollTop).toBe(120);
  });

  it('above the view push it along', () => {
    open('line\n'.repeat(50));
    Object.defineProperty(area, 'scrollHeight', { get: () => 20 * area.value.split('\n').length });
    area.scrollTop = 500;
    remote(1, 0, 0, 'a\nb\n');
    expect(area.scrollTop).toBe(540);
  });

  it('wait until the input method has composed', () => {
    open('ab');
    area.setSelectionRange(2, 2);
    area.dispatchEvent(new CompositionEvent('compositionstart'));
    type('か', 'insertCompositionText');
    remote(1, 0, 0, 'X');
    expect([area.value, writer.text]).toEqual(['abか', 'ab']);
    area.setRangeText('漢', 2, 3, 'end');
    area.dispatchEvent(new CompositionEvent('compositionend'));
    expect([area.value, writer.text, area.selectionEnd]).toEqual(['Xab漢', 'Xab漢', 4]);
  });
});

describe('sending', () => {
  it('alone after a second, in company after 300 ms, counted from the first letter', () => {
    open('');
    type('a');
    vi.advanceTimersByTime(flushAloneMs - 1);
    type('b');
    expect(flushed).toBe(0);
    vi.advanceTimersByTime(1);
    expect(flushed).toBe(1);
    company = true;
    type('c');
    vi.advanceTimersByTime(flushInCompanyMs);
    expect(flushed).toBe(2);
  });

  it('at once when the textarea is left, with what was being composed', () => {
    open('');
    area.dispatchEvent(new CompositionEvent('compositionstart'));
    type('é', 'insertCompositionText');
    area.dispatchEvent(new FocusEvent('blur'));
    expect([writer.text, flushed]).toEqual(['é', 1]);
  });

  it('at once when the page is hidden', () => {
    open('');
    type('a');
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(flushed).toBe(1);
    vi.restoreAllMocks();
  });

  it('nothing more once the textarea is gone', () => {
    open('');
    type('a');
    binding.destroy();
    expect(flushed).toBe(1);
    remote(1, 0, 0, 'X');
    vi.advanceTimersByTime(flushAloneMs);
    expect([area.value, flushed]).toEqual(['a', 1]);
  });
});
