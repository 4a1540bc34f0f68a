// The room's texts, fetched with their machinery when first wanted, or when a reload left words unsent.
import type { Desk } from '../store/desk.svelte.ts';
import type { TextDesk } from '../store/text_desk.svelte.ts';
import { textDesk } from './parts.ts';

const hasUnsent = (prefix: string): boolean => {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith(prefix) && localStorage[key]);
  } catch {
    return false;
  }
};

export class RoomTexts {
  desk = $state.raw<TextDesk | undefined>();
  #room: Desk;
  #closed = false;

  constructor(room: Desk) {
    this.#room = room;
    const prefix = `rundbord.text.${room.session.workshop}.${room.number}.`;
    if (hasUnsent(prefix)) void this.wanted();
  }

  async wanted(): Promise<void> {
    if (this.desk) return;
    const { TextDesk } = await textDesk();
    if (this.desk || this.#closed) return;
    this.desk = new TextDesk(this.#room);
    this.desk.resume();
  }

  get unsaved(): number {
    return this.desk?.unsaved ?? 0;
  }

  close(): void {
    this.#closed = true;
    this.desk?.close();
  }
}
