// Takes pictures of the participant's screens with the fake server, and asks axe and a ruler about
// each: `node tests/browser/look.mjs DIR [NAME]`. Exits 1 when a screen is at fault.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { fakeServer, serveDist, states, workshop } from './fake.mjs';

const folder = process.argv[2] ?? '/tmp/rundbord-look';
const only = process.argv[3];
mkdirSync(folder, { recursive: true });
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args });
const server = await serveDist();
const base = `http://127.0.0.1:${server.address().port}`;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let faults = 0;
function fault(name, what) {
  faults++;
  console.log(`${name}: ${what}`);
}

// Nothing scrolls sideways at 320 px, and axe finds nothing.
async function judge(name, page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  for (const { id, nodes } of violations) {
    fault(name, `axe ${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (wide > 320) fault(name, `${wide} px wide at 320`);
}

const sizes = { phone: { width: 360, height: 740 }, laptop: { width: 1366, height: 820 } };

async function look(
  name,
  size,
  { scheme = 'light', path = '/room', state = states(), locale = 'nb-NO', act },
) {
  if (only && !name.includes(only)) return;
  const context = await browser.newContext({ viewport: sizes[size], colorScheme: scheme, locale });
  const page = await context.newPage();
  page.on(
    'console',
    (line) => ['error', 'warning'].includes(line.type()) && console.log(name, line.text()),
  );
  page.on('pageerror', (error) => fault(name, error.message));
  const fake = await fakeServer(page, state);
  const hash = path === '/room' ? `#${workshop}.${'s'.repeat(22)}` : '';
  await page.goto(base + path + hash);
  await page.waitForSelector('main:not(.shell)');
  await page.evaluate(() => document.fonts.ready);
  await act?.(page, fake);
  await page.evaluate(() => {
    const ending = (one) => Number.isFinite(one.effect?.getComputedTiming().endTime);
    return Promise.allSettled(
      document
        .getAnimations()
        .filter(ending)
        .map((one) => one.finished),
    );
  });
  await page.screenshot({ path: `${folder}/${name}.png` });
  await judge(name, page);
  await context.close();
}

const summary = states({ kind: 'summary' });
for (const scheme of ['light', 'dark']) {
  for (const size of ['phone', 'laptop']) {
    const tag = `${size}-${scheme}`;
    await look(`join-${tag}`, size, { scheme, path: '/' });
    await look(`lap-${tag}`, size, { scheme, state: states({ kind: 'lap', lead: false }) });
    await look(`dialogue-${tag}`, size, { scheme, state: states({ kind: 'dialogue' }) });
    await look(`summary-${tag}`, size, { scheme, state: summary });
  }
}
await look('joincode-phone', 'phone', { path: '/7KQ4-M2XB' });
await look('joinwrong-phone', 'phone', { path: '/7KQ4-M2XX' });
await look('rooms-phone', 'phone', {
  path: '/7KQ4-M2XB',
  act: async (page) => {
    await page.fill('#name', 'Kari');
    await page.click('button.main');
    await page.waitForSelector('#sought');
  },
});
await look('myturn-phone', 'phone', { state: states({ kind: 'myturn', lead: false }) });
await look('silent-phone', 'phone', {
  state: states({ kind: 'silent', lead: false, notes: 0 }),
  locale: 'en-GB',
});
await look('waiting-phone', 'phone', { state: states({ notes: 0 }) });
await look('closed-phone', 'phone', { state: states({ closed: true }) });
await look('lead-phone', 'phone', { state: states({ kind: 'lap' }) });
await look('people-phone', 'phone', {
  state: states({ kind: 'lap' }),
  act: (page) => page.click('.people'),
});
await look('people-laptop', 'laptop', {
  state: states({ kind: 'lap' }),
  act: (page) => page.click('.people'),
});
await look('menu-phone', 'phone', {
  state: states({ kind: 'dialogue' }),
  act: async (page) => {
    await page.locator('.note .foot > .button').first().click();
    await page.waitForSelector('.panel .item');
  },
});
await look('offline-phone-dark', 'phone', {
  scheme: 'dark',
  state: states({ kind: 'lap', lead: false }),
  act: async (page, fake) => {
    await page.route('**/ticket', (route) => route.abort());
    await fake.cut();
    await page.fill('#note', 'Skrevet uten nett');
    await page.click('.dock button.main');
    await page.waitForSelector('.off', { timeout: 6000 });
  },
});
await browser.close();
server.close();
process.exit(faults ? 1 : 0);
