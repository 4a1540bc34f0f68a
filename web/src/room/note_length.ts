// How long a note may be, counted as the server counts: what a person sees as one character.

export const note_graphemes_max = 4_000;
export const note_bytes_max = 16 * 1024;

function graphemes(text: string): number {
  if (!('Segmenter' in Intl)) return [...text].length;
  let count = 0;
  for (const _ of new Intl.Segmenter().segment(text)) count++;
  return count;
}

// How many characters too many; 0 when it fits.
export function overLimit(text: string): number {
  // Nobody counts what surely fits: a character has at least one unit, and at most three bytes
  // each.
  if (text.length <= note_graphemes_max && text.length * 3 <= note_bytes_max) return 0;
  const over = Math.max(0, graphemes(text) - note_graphemes_max);
  const bytes = new TextEncoder().encode(text).length - note_bytes_max;
  return Math.max(over, Math.ceil(bytes / 4), 0);
}
