// What a text may hold, in the server's words (src/domain/change_set.hpp, utf16.hpp). Pure.

/** UTF-16 units of a summary. */
export const summaryUnitsMax = 40_000;
/** Places changed by one edit; the server takes 1,000 sections, about two a place. */
export const placesPerEditMax = 400;

// Unicode Cc but tab and newline.
const refusedControls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const loneSurrogates = /[\ud800-\udfff]/gu; // with u, pairs are one character and do not match

/** Line endings become \n, what the server would refuse is left out, nothing else changes. */
export function cleanText(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n');
  return lines.replace(refusedControls, '').replace(loneSurrogates, '\ufffd');
}
