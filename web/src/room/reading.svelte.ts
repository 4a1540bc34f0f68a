// Whether others' notes are read out: kept in this browser, summed up unless asked otherwise.
import { recall, remember } from '../messages/words.svelte.ts';

export type Reading = 'off' | 'sum' | 'all';
const key = 'rundbord.reading';

class ReadingChoice {
  choice = $state.raw<Reading>((recall(key) as Reading | null) ?? 'sum');

  use(choice: Reading): void {
    this.choice = choice;
    remember(key, choice);
  }
}

export const reading = new ReadingChoice();
