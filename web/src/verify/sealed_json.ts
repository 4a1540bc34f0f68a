// Files in their one allowed form, ending in a checksum of themselves (SPEC RC2). Pure; the same
// rules as src/archive/sealed_json.cpp.
import { sha256, toHex, utf8 } from './sha256.ts';

const tail = /^,"checksum":"[0-9a-f]{64}"\}$/;
const tail_length = 79;

export function withChecksum(value: object): string {
  const json = JSON.stringify(value);
  return `${json.slice(0, -1)},"checksum":"${toHex(sha256(utf8(json)))}"}`;
}

// The value, if the bytes are its one allowed form; else undefined.
export function readStrictly(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

export function fitsChecksum(bytes: Uint8Array): boolean {
  const end = bytes.length - tail_length;
  if (end < 1) return false;
  const last = new TextDecoder().decode(bytes.subarray(end));
  if (!tail.test(last)) return false;
  const body = bytes.slice(0, end + 1);
  body[end] = '}'.charCodeAt(0);
  return toHex(sha256(body)) === last.slice(13, 77);
}

// --- shapes
// ---------------------------------------------------------------------------------------

export type Fields = Record<string, unknown>;

// An object with these keys in this order and no other; else nothing.
export function fieldsOf(value: unknown, ...keys: string[]): Fields | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.keys(value).join() === keys.join() ? (value as Fields) : undefined;
}

export const isHash = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
export const isSalt = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{32}$/.test(value);
export const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;
// 128 bits in 22 characters: the last carries two bits, the rest of it must be zero.
export const isId = (value: unknown): value is string =>
  typeof value === 'string' && /^[\w-]{21}[AQgw]$/.test(value);

export const bytesOfHex = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (two) => parseInt(two, 16));
export const bytesOfId = (id: string): Uint8Array =>
  Uint8Array.from(atob(id.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
