// The room's texts, fetched with their machinery when first wanted, or when a reload left words
// unsent.
import type { Desk } from '../store/desk.svelte.ts';
import type { TextDesk } from '../store/text_desk.svelte.ts';
import { unsentTexts } from '../store/unsent_texts.ts';
import { textDesk } from './parts.ts';

export class RoomTexts {
  desk = $state.raw<TextDesk | undefined>();
  #room: Desk;
  #closed = false;

  constructor(room: Desk) {
    this.#room = room;
    if (unsentTexts(room.session.workshop, room.number).length) void this.wanted();
  }

  async wanted(): Promise<void> {
    if (this.desk) return;
    const { TextDesk } = await textDesk();
    if (this.desk || this.#closed) return;
    this.desk = new TextDesk(this.#room);
    void this.desk.resume();
  }

  get unsaved(): number {
    return this.desk?.unsaved ?? 0;
  }

  close(): void {
    this.#closed = true;
    this.desk?.close();
  }
}
