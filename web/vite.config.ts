// One build for all pages: every web/*.html is a page of its own, no router, no framework around
// it.
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { compress } from './tools/compress.ts';
import { fontFolder, makeFonts } from './tools/fonts.ts';
import { icons } from './tools/icons.ts';
import { keepStyles, shellPages } from './tools/pages.ts';
import { standalone } from './tools/standalone.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

// PAGES=index,room builds only these: for whoever works on them while others work on the rest.
const wanted = process.env.PAGES?.split(',');
// This page is one file by itself (tools/standalone.ts).
const alone = process.env.PAGES === 'verify';
const pages = () =>
  Object.fromEntries(
    readdirSync(root)
      .filter((name) => name.endsWith('.html'))
      .filter((name) => !wanted || wanted.includes(name.replace('.html', '')))
      .map((name) => [name.replace('.html', ''), resolve(root, name)]),
  );

export default defineConfig(async () => {
  if (!process.env.VITEST) await makeFonts();
  return {
    root,
    plugins: [icons(), svelte(), keepStyles(), shellPages(), standalone(), compress()],
    resolve: {
      alias: { '@fonts': fontFolder },
      // In tests Svelte must be the browser's build, not the server's.
      conditions: process.env.VITEST ? ['browser'] : undefined,
    },
    build: {
      target: ['chrome100', 'safari15.4', 'firefox100'],
      outDir: 'dist',
      assetsInlineLimit: 0, // a data: URL would break font-src and img-src 'self'
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      minify: 'terser' as const,
      terserOptions: { module: true, compress: { passes: 3 } },
      rollupOptions: { input: pages(), output: { inlineDynamicImports: alone } },
    },
    server: { proxy: { '/api': 'http://127.0.0.1:8080', '/ws': 'ws://127.0.0.1:8080' } },
    // No test asks how long something takes: the limit only ends what hangs.
    test: {
      include: ['tests/**/*.test.ts'],
      setupFiles: ['tests/browserGlobals.ts'],
      environment: 'node',
      testTimeout: 120_000,
    },
  };
});
