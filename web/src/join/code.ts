// Join codes as people type them: 8 Crockford characters, any case, with or without the hyphen.

export const codeLength = 8;
const letters = /[0-9A-HJKMNP-TV-Z]/;
const lookAlikes: Record<string, string> = { I: '1', L: '1', O: '0' };

// Keeps only what can stand in a code; look-alikes become what was meant.
export function readCode(typed: string): string {
  const upper = [...typed.toUpperCase()].map((letter) => lookAlikes[letter] ?? letter);
  return upper
    .filter((letter) => letters.test(letter))
    .join('')
    .slice(0, codeLength);
}

export const showCode = (code: string): string =>
  code.length > 4 ? `${code.slice(0, 4)}-${code.slice(4)}` : code;

export const isWhole = (code: string): boolean => code.length === codeLength;

// `/CODE` and `/CODE/23` as QR codes and links carry them; anything else gives an empty code.
export function fromPath(path: string): { code: string; room?: number } {
  const [first = '', second] = path.split('/').filter(Boolean);
  const code = readCode(first);
  if (!isWhole(code) || first.replace(/-/g, '').length !== codeLength) return { code: '' };
  const room = /^\d{1,5}$/.test(second ?? '') ? Number(second) : undefined;
  return room === undefined ? { code } : { code, room };
}
