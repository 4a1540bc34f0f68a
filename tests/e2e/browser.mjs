// Chromium as people have it: each person a context of their own, every request watched, every
// screen put before axe.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './server.mjs';

const require = createRequire(join(root, 'web/package.json'));
const { chromium } = require('playwright-core');
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

// Without the background flags Chromium looks up its maker's hosts by itself.
const flags =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking ' +
  '--disable-component-update --disable-sync';

export const sizes = {
  small: { width: 360, height: 740 },
  laptop: { width: 1366, height: 820 },
  wide: { width: 1920, height: 1080 },
};

export function words(language) {
  const read = (path) => JSON.parse(readFileSync(join(root, 'web/src', path), 'utf8'));
  return {
    ...read(`messages/${language}.json`),
    console: read(`console/messages/${language}.json`),
    projector: read(`projector/messages/${language}.json`),
    verify: read(`verify/messages/${language}.json`),
    own_receipts: read(`receipts/messages/${language}.json`),
  };
}

export async function openBrowser(server, check) {
  const executablePath = process.env.RUNDBORD_CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: flags.split(' ') });
  const host = new URL(server.url).host;
  const foreign = [];
  const complaints = [];

  async function person(name, { size = sizes.laptop, language = 'nb', dark = false, proxy } = {}) {
    const context = await browser.newContext({
      viewport: size,
      proxy,
      locale: language === 'en' ? 'en-GB' : language,
      colorScheme: dark ? 'dark' : 'light',
      acceptDownloads: true,
      reducedMotion: 'reduce', // a colour halfway through its fade is no finding
    });
    // Tells what a page refuses to load or run (CSP) as loudly as an error.
    await context.addInitScript(() =>
      addEventListener('securitypolicyviolation', (event) =>
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`),
      ),
    );
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol !== 'blob:' && url.host !== host) foreign.push(request.url());
    });
    page.on('pageerror', (error) => complaints.push(`${name}: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(`${name}: ${message.text()}`);
    });
    return page;
  }

  // What everybody saw when a journey went no further.
  async function pictures() {
    const folder = process.env.RUNDBORD_SCREENSHOTS;
    const pages = folder ? browser.contexts().flatMap((context) => context.pages()) : [];
    for (const [i, page] of pages.entries()) {
      await page.screenshot({ path: join(folder, `stuck-${i}.png`) });
    }
  }

  return {
    person,
    foreign,
    complaints,
    pictures,
    screen: (page, name) => screen(page, name, check),
    close: () => browser.close(),
  };
}

// Axe on what is on the screen now, no sideways scrolling; a picture when RUNDBORD_SCREENSHOTS
// names a folder.
async function screen(page, name, check) {
  const folder = process.env.RUNDBORD_SCREENSHOTS;
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.evaluate(axeSource);
  const found = await page.evaluate(() => globalThis.axe.run());
  const said = found.violations.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 160)}`);
  check(`axe finds nothing on ${name}`, said.length === 0, said.join('\n'));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1);
  check(`${name} does not scroll sideways`, !wide);
}
