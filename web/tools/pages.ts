// Makes pages fit a Content-Security-Policy without 'unsafe-inline': all CSS a page can need stands
// in one <style> whose hash is written to dist/csp.json for the server; no inline script, no inline
// style attribute, no stylesheet loaded later.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { OutputAsset, OutputBundle, OutputChunk } from 'rollup';
import type { Plugin, ResolvedConfig } from 'vite';

// Svelte makes its templates through this policy; nothing else in the client needs one.
const trustedTypes = ['svelte-trusted-html'];

// Chunk file name → names of its CSS files, taken before Vite turns them into links.
const stylesOf = new Map<string, string[]>();

export function keepStyles(): Plugin {
  return {
    name: 'rundbord-keep-styles',
    apply: 'build',
    generateBundle: {
      order: 'pre',
      handler(_options, bundle) {
        stylesOf.clear();
        for (const chunk of chunksOf(bundle)) {
          stylesOf.set(chunk.fileName, [...(chunk.viteMetadata?.importedCss ?? [])]);
          chunk.viteMetadata?.importedCss.clear();
        }
      },
    },
  };
}

const chunksOf = (bundle: OutputBundle) =>
  Object.values(bundle).filter((file): file is OutputChunk => file.type === 'chunk');

// Every chunk the entry reaches, dependencies first, so that a page's own rules come last.
function reach(bundle: OutputBundle, name: string, seen: Set<string>, order: string[]): void {
  const file = bundle[name];
  if (file?.type !== 'chunk' || seen.has(name)) return;
  seen.add(name);
  for (const next of [...file.imports, ...file.dynamicImports]) reach(bundle, next, seen, order);
  order.push(name);
}

function cssFor(bundle: OutputBundle, html: string): string {
  const entry = /<script type="module"[^>]*src="\/([^"]+)"/.exec(html)?.[1];
  if (!entry) return '';
  const chunks: string[] = [];
  reach(bundle, entry, new Set(), chunks);
  const names = new Set(chunks.flatMap((chunk) => stylesOf.get(chunk) ?? []));
  return [...names].map((name) => String((bundle[name] as OutputAsset).source).trim()).join('');
}

function fontPreload(bundle: OutputBundle): string {
  const font = Object.keys(bundle).find((name) => /latin-[^/]*\.woff2$/.test(name));
  return font ? `<link rel="preload" as="font" type="font/woff2" href="/${font}" crossorigin>` : '';
}

function checkInline(page: string, html: string): void {
  if (/<script(?![^>]*\bsrc=)[^>]*>/.test(html)) throw new Error(`${page}: an inline script`);
  if (/<[^>]+\sstyle=/.test(html)) throw new Error(`${page}: an inline style attribute`);
  if (/<[^>]+\son\w+=/.test(html)) throw new Error(`${page}: an inline event handler`);
}

// What an earlier pass of the same build has written (see tools/build.mjs).
function earlierHashes({ root, build }: ResolvedConfig): Record<string, string[]> {
  const file = resolve(root, build.outDir, 'csp.json');
  if (build.emptyOutDir !== false || !existsSync(file)) return {};
  return JSON.parse(readFileSync(file, 'utf8')).styleHashes;
}

export function shellPages(): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'rundbord-shell-pages',
    apply: 'build',
    enforce: 'post',
    configResolved: (resolved) => void (config = resolved),
    generateBundle(_options, bundle) {
      const styleHashes = earlierHashes(config);
      for (const [name, page] of Object.entries(bundle)) {
        if (page.type !== 'asset' || !name.endsWith('.html')) continue;
        const css = cssFor(bundle, String(page.source));
        const head = `${fontPreload(bundle)}<style>${css}</style></head>`;
        page.source = String(page.source).replace('</head>', () => head);
        checkInline(name, page.source);
        styleHashes[name] = [`sha256-${createHash('sha256').update(css).digest('base64')}`];
      }
      for (const name of Object.keys(bundle)) if (name.endsWith('.css')) delete bundle[name];
      const source = `${JSON.stringify({ styleHashes, trustedTypes }, null, 2)}\n`;
      this.emitFile({ type: 'asset', fileName: 'csp.json', source });
    },
  };
}
