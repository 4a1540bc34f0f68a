// A person keeps the receipt of a note and checks it later: on the server's page, and on the same
// page opened from a disk, where nothing may be asked for.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openBrowser, sizes, words } from '../browser.mjs';
import { api, root, startServer } from '../server.mjs';

const nb = words('nb');
const en = words('en');
const golden = (name) => join(root, 'tests/receipts/golden', name);
const note = 'Åpne kvelder på skolen – «uten» påmelding 😀';
const fill = (text, params) => text.replace(/\{(\w+)\}/g, (_, key) => params[key]);

export default async function journey(check) {
  const server = await startServer();
  const folder = mkdtempSync(join(tmpdir(), 'rundbord-verify-'));
  const browser = await openBrowser(server, check);
  try {
    await fromDisk(browser, check);
    await fromNote(server, browser, folder, check);
    check('no page complains', browser.complaints.length === 0, browser.complaints.join('\n'));
  } catch (error) {
    await browser.pictures();
    throw error;
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
    check('the server drains and ends with 0', (await server.stop()) === 0);
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
  browser.foreign.length = 0;
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

async function fromNote(server, browser, folder, check) {
  const made = await api(server, 'POST', '/api/v1/workshops', {
    template: 'dialogue-seminar',
    language: 'nb',
    title: 'Fremtidens møteplasser',
    rooms: 1,
  });
  const secret = made.workshop_link.split('.').pop();
  const page = await browser.person('Kari');
  await page.goto(`${made.join_link}/1`);
  await page.getByLabel(nb['join.name'], { exact: true }).fill('Kari');
  await page.getByRole('button', { name: nb['join.button'], exact: true }).click();
  await open(browser, made);
  await page.locator('#note').fill(note);
  await page.locator('#note').press('Control+Enter');
  await page.getByText(note).first().waitFor();
  const saved = await saveReceipts(page, browser, folder, check);

  const chain = join(folder, 'chain.json');
  const answer = await fetch(`${server.url}/api/v1/workshops/${made.id}/export.chain`, {
    headers: { Authorization: `Bearer ${secret}` },
  });
  writeFileSync(chain, Buffer.from(await answer.arrayBuffer()));
  await page.goto(`${server.url}/verify`);
  await give(page, saved, chain);
  await page.getByText(nb.verify['verdict.unchanged']).waitFor();
  check('the note is in the archive', (await result(page, 0).innerText()).includes(note));
  await browser.screen(page, 'verify-served');
  check('no request leaves the host', browser.foreign.length === 0, browser.foreign.join('\n'));
}

async function open(browser, made) {
  const organiser = await browser.person('organiser');
  await organiser.goto(made.workshop_link);
  await organiser.getByRole('button', { name: nb.console['sitting.open'], exact: true }).click();
}

async function saveReceipts(page, browser, folder, check) {
  await page.getByRole('button', { name: nb['room.menu'], exact: true }).click();
  await page.getByRole('button', { name: nb.receipts, exact: true }).click();
  await page.getByText(fill(nb.own_receipts.count.one, { n: 1 })).waitFor();
  await browser.screen(page, 'receipts');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: nb.own_receipts.save }).click(),
  ]);
  check('the file says what it is', download.suggestedFilename() === 'kvitteringer.json');
  const saved = join(folder, 'receipts.json');
  await download.saveAs(saved);
  return saved;
}
