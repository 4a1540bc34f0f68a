// 128 random bits as 22 characters of base64url. getRandomValues also works on plain http, where
// crypto.randomUUID does not exist.

export function toBase64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '');
}

export const freshId = (): string => toBase64url(crypto.getRandomValues(new Uint8Array(16)));
