/// <reference types="svelte" />
/// <reference types="vite/client" />

// A Lucide icon by its name, as the `d` of one path (tools/icons.ts).
declare module 'icon:*' {
  const path: string;
  export default path;
}

declare module 'subset-font' {
  type Axes = Record<string, { min: number; max: number }>;
  export default function subset(
    font: Uint8Array,
    text: string,
    options: { targetFormat: string; variationAxes?: Axes },
  ): Promise<Uint8Array>;
}
