// The room's texts, fetched with their machinery when first wanted, or when a reload left words
// unsent.
import type { Desk } from '../store/desk.svelte.ts';
import type { LateWords } from '../store/late_words.ts';
import type { TextDesk } from '../store/text_desk.svelte.ts';
import { unsentTexts } from '../store/unsent_texts.ts';
import { textDesk } from './parts.ts';

// How often a living tab looks for words a dead one left.
const look_every_ms = 30_000;

export class RoomTexts {
  desk = $state.raw<TextDesk | undefined>();
  #room: Desk;
  #closed = false;
  #looking: ReturnType<typeof setInterval>;

  constructor(room: Desk) {
    this.#room = room;
    this.#look();
    this.#looking = setInterval(() => this.#look(), look_every_ms);
  }

  #look(): void {
    const { session, number } = this.#room;
    if (!unsentTexts(session.workshop, number).length) return;
    // Without a net its machinery cannot be fetched; the next look tries again.
    this.wanted().then(
      () => this.desk?.resume(),
      () => undefined,
    );
  }

  async wanted(): Promise<void> {
    if (this.desk) return;
    const { TextDesk } = await textDesk();
    if (this.desk || this.#closed) return;
    this.desk = new TextDesk(this.#room);
  }

  get unsaved(): number {
    return this.desk?.unsaved ?? 0;
  }

  get late(): LateWords[] {
    return this.desk?.late ?? [];
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#looking);
    this.desk?.close();
  }
}
