// FNV-1a, 64 bits, over a text's UTF-16 units, of each the low byte first; as the server's
// text_hash. In two 32-bit halves: 40,000 units take 1 ms, with BigInt 20.

export function textHash(text: string): string {
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  const mix = (byte: number): void => {
    low = (low ^ byte) >>> 0;
    // Times 2^40 + 0x1b3; every product stays below 2^53.
    const product = low * 0x1b3;
    high = (high * 0x1b3 + low * 0x100 + Math.floor(product / 0x1_0000_0000)) % 0x1_0000_0000;
    low = product % 0x1_0000_0000;
  };
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    mix(unit & 0xff);
    mix(unit >> 8);
  }
  return digits(high) + digits(low);
}

const digits = (half: number): string => half.toString(16).padStart(8, '0');
