// A person checks receipts against an archive on the page opened from a disk, where nothing may be
// asked for.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openBrowser, sizes, words } from '../browser.mjs';
import { root } from '../server.mjs';

const nb = words('nb');
const en = words('en');
const golden = (name) => join(root, 'tests/receipts/golden', name);
const fill = (text, params) => text.replace(/\{(\w+)\}/g, (_, key) => params[key]);

// Nobody has to be there: no server is started.
const nowhere = { url: 'http://127.0.0.1:1' };

export default async function journey(check) {
  const browser = await openBrowser(nowhere, check);
  try {
    await fromDisk(browser, check);
    check('no page complains', browser.complaints.length === 0, browser.complaints.join('\n'));
  } catch (error) {
    await browser.pictures();
    throw error;
  } finally {
    await browser.close();
  }
}

const give = (page, ...files) => page.locator('input[type=file]').setInputFiles(files);
const result = (page, i) => page.locator('.results li').nth(i);

async function fromDisk(browser, check) {
  const dist = process.env.RUNDBORD_WEB ?? join(root, 'web/dist');
  const address = pathToFileURL(join(dist, 'verify.html')).href;
  const page = await browser.person('reader', { size: sizes.small });
  await page.goto(address);
  await page.getByRole('heading', { name: nb.verify.title }).waitFor();
  await browser.screen(page, 'verify-empty-small');
  await page.keyboard.press('Tab');
  const focused = await page.evaluate(() => document.activeElement?.type);
  check('the files are the first thing the keyboard reaches', focused === 'file');

  await give(page, golden('chain.json'), golden('receipts.json'));
  await page.getByText(fill(nb.verify.kept.other, { kept: 8, n: 8 })).waitFor();
  const verdicts = ['not_shown', 'unchanged', 'erased', 'unchanged', 'not_shown'];
  for (const [i, verdict] of verdicts.entries()) {
    const said = await result(page, i).innerText();
    check(`receipt ${i + 1} is ${verdict}`, said.includes(nb.verify[`verdict.${verdict}`]), said);
  }
  await browser.screen(page, 'verify-results-small');
  await damaged(browser, page, check);
  check(
    'the page from a disk asks for nothing',
    browser.foreign.every((url) => url === address),
    browser.foreign.join('\n'),
  );
}

async function damaged(browser, page, check) {
  const bytes = readFileSync(golden('chain.json'));
  const buffer = Buffer.from(bytes.toString().replace('biblioteket', 'museet'));
  await page.getByRole('button', { name: nb.verify.again }).click();
  await give(page, golden('receipts.json'));
  await page.getByText(nb.verify['needs.archive']).waitFor();
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'changed.json', mimeType: 'application/json', buffer });
  await page.getByText(nb.verify['archive.broken']).waitFor();
  const broken = page.getByText(nb.verify['verdict.does_not_match']);
  check('the note that was changed is told', (await broken.count()) === 1);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByText(en.verify['verdict.does_not_match']).waitFor();
  await browser.screen(page, 'verify-broken-dark-small');
}
