// Ties a CoWriter to a plain <textarea>: what the person does becomes edits, what others do comes
// in without moving caret, selection or view. Owned by the component that shows the textarea.
import type { CoWriter } from './coWriter.ts';
import { diff, mapPosition, type Change } from './changeSet.ts';
import { cleanText } from './textRules.ts';

/** How long edits gather before they go: others see them soon, alone there is no hurry. */
export const flushInCompanyMs = 300;
export const flushAloneMs = 1_000;
/** Typing with longer pauses is undone in more than one go. */
export const undoPauseMs = 700;

export interface BindingOptions {
  /** Others have this text open. */
  company: () => boolean;
  /** Sends what the writer has; called after the delay, and at once on blur and when hidden. */
  flush: () => void;
  /** Milliseconds on any steady clock. */
  now?: () => number;
}

export interface TextareaBinding {
  undo(): void;
  redo(): void;
  destroy(): void;
}

interface LastEdit {
  at: number;
  caret: number;
  kind: string;
}

class Binding implements TextareaBinding {
  #area: HTMLTextAreaElement;
  #writer: CoWriter;
  #options: BindingOptions;
  #composing = false;
  #following = false; // the caret goes where the change is: undo and redo
  #last: LastEdit | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #off = new AbortController();

  constructor(area: HTMLTextAreaElement, writer: CoWriter, options: BindingOptions) {
    this.#area = area;
    this.#writer = writer;
    this.#options = options;
    area.value = writer.text;
    const unsubscribe = writer.subscribe((shown) => shown && this.#show(shown));
    this.#off.signal.addEventListener('abort', unsubscribe);
    this.#listen();
  }

  undo(): void {
    this.#step(() => this.#writer.undo());
  }
  redo(): void {
    this.#step(() => this.#writer.redo());
  }
  destroy(): void {
    this.#endComposition();
    this.#flushNow();
    this.#off.abort();
  }

  #step(taken: () => boolean): void {
    this.#read('');
    this.#following = true;
    if (taken()) this.#edited();
    this.#following = false;
  }

  #listen(): void {
    const { signal } = this.#off;
    const area = this.#area;
    area.addEventListener('beforeinput', (event) => this.#beforeInput(event), { signal });
    area.addEventListener('input', (event) => {
      if (!this.#composing) this.#read((event as InputEvent).inputType ?? '');
    }, { signal });
    area.addEventListener('keydown', (event) => this.#key(event), { signal });
    area.addEventListener('compositionstart', () => this.#startComposition(), { signal });
    area.addEventListener('compositionend', () => this.#endComposition(), { signal });
    area.addEventListener('blur', () => {
      this.#endComposition();
      this.#flushNow();
    }, { signal });
    const { ownerDocument } = area;
    ownerDocument.addEventListener('visibilitychange', () => {
      if (ownerDocument.visibilityState === 'hidden') this.#flushNow();
    }, { signal });
  }

  // The browser's own undo knows nothing of others' changes and would take theirs back as well.
  #beforeInput(event: InputEvent): void {
    if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return;
    event.preventDefault();
    if (event.inputType === 'historyUndo') this.undo();
    else this.redo();
  }

  #key(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
    const key = event.key.toLowerCase();
    if (key !== 'z' && key !== 'y') return;
    event.preventDefault();
    if (key === 'y' || event.shiftKey) this.redo();
    else this.undo();
  }

  #startComposition(): void {
    this.#read('');
    this.#composing = true;
    this.#writer.hold();
  }

  // Safari fires `input` after this, Chromium before; the value is the composed one in both.
  #endComposition(): void {
    if (!this.#composing) return;
    this.#composing = false;
    this.#read('insertCompositionText');
    this.#writer.release();
  }

  /** Makes an edit of what differs between the textarea and the writer's text. */
  #read(kind: string): void {
    const area = this.#area;
    if (area.value === this.#writer.text) return;
    const caret = area.selectionEnd;
    const value = cleanText(area.value);
    if (value !== area.value) {
      const place = cleanText(area.value.slice(0, caret)).length;
      area.value = value;
      area.setSelectionRange(place, place);
    }
    this.#writer.edit(diff(this.#writer.text, value, area.selectionEnd), this.#joins(kind));
    this.#last = { at: this.#now(), caret: area.selectionEnd, kind };
    this.#edited();
  }

  /** Goes on where the last edit ended, in the same manner and without a pause or a new line. */
  #joins(kind: string): boolean {
    const last = this.#last;
    if (!last || kind === '' || kind !== last.kind || kind === 'insertLineBreak') return false;
    const step = Math.abs(this.#area.selectionEnd - last.caret);
    return this.#now() - last.at < undoPauseMs && step <= 2;
  }

  #show(change: Change): void {
    const area = this.#area;
    const { scrollTop, scrollLeft, selectionDirection } = area;
    const [start, end] = this.#following
      ? endOf(change)
      : keptSelection(change, area.selectionStart, area.selectionEnd);
    const above = this.#isAboveView(change);
    const height = area.scrollHeight;
    for (const { at, cut, text } of [...change.splices].reverse()) {
      area.setRangeText(text, at, at + cut, 'preserve');
    }
    // Setting a selection would pull the focus here in Safari; without focus `preserve` is enough.
    if (area.ownerDocument.activeElement === area) {
      area.setSelectionRange(start, end, selectionDirection ?? 'none');
    }
    area.scrollTop = above ? scrollTop + area.scrollHeight - height : scrollTop;
    area.scrollLeft = scrollLeft;
    if (this.#last) this.#last.caret = mapPosition(change, this.#last.caret, 'before');
  }

  // A textarea does not say which character stands on top; lines of even length are assumed.
  #isAboveView(change: Change): boolean {
    const { scrollTop, scrollHeight } = this.#area;
    const last = change.splices.at(-1);
    if (!last || scrollTop === 0 || scrollHeight === 0) return false;
    return last.at + last.cut <= (scrollTop / scrollHeight) * change.length;
  }

  #edited(): void {
    if (this.#timer !== null) return;
    const delay = this.#options.company() ? flushInCompanyMs : flushAloneMs;
    this.#timer = setTimeout(() => this.#flushNow(), delay);
  }

  #flushNow(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (!this.#composing) this.#read('');
    this.#options.flush();
  }

  #now(): number {
    return this.#options.now?.() ?? performance.now();
  }
}

/** What others insert at the edge of a selection stays outside of it, and behind a caret. */
export function keptSelection(change: Change, start: number, end: number): [number, number] {
  const to = mapPosition(change, end, 'before');
  return [start === end ? to : Math.min(mapPosition(change, start, 'after'), to), to];
}

function endOf(change: Change): [number, number] {
  const last = change.splices.at(-1)!;
  const end = mapPosition(change, last.at + last.cut, 'after');
  return [end, end];
}

export function bindTextarea(
  area: HTMLTextAreaElement,
  writer: CoWriter,
  options: BindingOptions,
): TextareaBinding {
  return new Binding(area, writer, options);
}
