// Makes web/verify.html one file that needs no other: script and style inside, no font, no icon; it
// is served like the other pages (its script by hash, dist/csp.json) and also works from a disk.
import { createHash } from 'node:crypto';
import type { OutputAsset, OutputChunk } from 'rollup';
import type { Plugin } from 'vite';

const page = 'verify.html';
const hashOf = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

// A fallback that only names a font of the device may stay.
const withoutFonts = (css: string) => css.replace(/@font-face\s*\{[^}]*url\([^}]*\}/g, '');

function inlined(html: string, code: string): { html: string; script: string; style: string } {
  const script = code.replaceAll('</script', '<\\/script');
  const style = withoutFonts(/<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '');
  const made = html
    .replace(/<link rel="preload"[^>]*>/g, '')
    .replace(/<style>[\s\S]*?<\/style>/, () => `<style>${style}</style>`)
    .replace(/<script type="module"[^>]*><\/script>/, '')
    .replace('</body>', () => `<script type="module">${script}</script></body>`);
  return { html: made, script, style };
}

function requireAlone(html: string): void {
  const other = /<(?:script|link|img)[^>]*(?:src|href)=|url\(|@import/.exec(html);
  if (other) throw new Error(`${page} asks for something else: ${other[0]}`);
}

export function standalone(): Plugin {
  return {
    name: 'rundbord-standalone',
    apply: 'build',
    enforce: 'post',
    // After Vite has put the last word into the script.
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const html = bundle[page] as OutputAsset | undefined;
        if (!html) return;
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const [chunk, ...more] = chunks as OutputChunk[];
        if (!chunk || more.length > 0) throw new Error(`${page} is not one script`);
        const made = inlined(String(html.source), chunk.code);
        requireAlone(made.html);
        html.source = made.html;
        for (const name of Object.keys(bundle)) {
          if (name.startsWith('assets/')) delete bundle[name];
        }
        const policy = bundle['csp.json'] as OutputAsset;
        const rules = JSON.parse(String(policy.source));
        rules.styleHashes[page] = [hashOf(made.style)];
        rules.scriptHashes = { [page]: [hashOf(made.script)] };
        policy.source = `${JSON.stringify(rules, null, 2)}\n`;
      },
    },
  };
}
