// The organiser erases a note and then its author for good: it goes from the author's screen at
// once, and when the console says so no file of the server holds the words any more.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openBrowser, sizes, words } from '../browser.mjs';
import { api, startServer } from '../server.mjs';

const nb = words('nb');
const fill = (text, params) => text.replace(/\{(\w+)\}/g, (_, key) => params[key]);
const button = (page, name, exact = true) => page.getByRole('button', { name, exact });
const secretWords = 'Naboen i MERKE771 har sagt at han flytter';
const secretName = 'Odd MERKE772';

export default async function journey(check) {
  const server = await startServer();
  try {
    await play(server, check);
  } finally {
    check('the server drains and ends with 0', (await server.stop()) === 0);
  }
}

function filesWith(folder, mark) {
  const forms = [Buffer.from(mark), Buffer.from(mark, 'utf16le')];
  return readdirSync(folder).filter((name) => {
    const path = join(folder, name);
    if (!statSync(path).isFile()) return false;
    const bytes = readFileSync(path);
    return forms.some((form) => bytes.includes(form));
  });
}

async function play(server, check) {
  const made = await api(server, 'POST', '/api/v1/workshops', {
    template: 'dialogue-seminar',
    language: 'nb',
    title: 'Nabolag',
    rooms: 2,
  });
  const browser = await openBrowser(server, check);
  try {
    const organiser = await browser.person('organiser');
    await organiser.goto(made.workshop_link);
    await button(organiser, nb.console['sitting.open']).click();
    const odd = await arrive(browser, made);
    await odd.locator('#note').fill(secretWords);
    await odd.locator('#note').press('Control+Enter');
    await odd.getByRole('listitem').getByText(secretWords).waitFor();
    check('the words are on the disk', filesWith(server.data, 'MERKE771').length > 0);
    await organiser.locator('a.tile').first().click();
    await eraseNote(browser, organiser, odd, server, check);
    await erasePerson(browser, organiser, server, check);
    check('no page complains', browser.complaints.length === 0, browser.complaints.join('\n'));
  } catch (error) {
    await browser.pictures();
    console.log(browser.complaints.join('\n'));
    throw error;
  } finally {
    await browser.close();
  }
}

async function arrive(browser, made) {
  const page = await browser.person('odd');
  await page.goto(`${made.join_link}/1`);
  await page.getByLabel(nb['join.name'], { exact: true }).fill(secretName);
  await button(page, nb['join.button']).click();
  await button(page, nb['wait.begin']).click();
  await page.locator('#note').waitFor();
  return page;
}

async function openErasing(page, label, item) {
  await button(page, fill(nb.console['erase.menu'], { text: label })).click();
  await button(page, item).click();
  await page.getByRole('dialog').getByText(nb.console['erase.warning']).waitFor();
}

async function eraseNote(browser, organiser, odd, server, check) {
  await organiser.locator('aside').getByText(secretWords).waitFor();
  await openErasing(organiser, secretWords.slice(0, 40), nb.console['erase.open']);
  await browser.screen(organiser, 'console-erase-note');
  const erase = organiser.getByRole('dialog').locator('button.grave');
  check('nothing is erased without the tick', await erase.isDisabled());
  await organiser.getByLabel(nb.console['erase.understood']).check();
  await erase.click();
  await organiser.getByText(nb.console['erase.done']).first().waitFor();
  const left = filesWith(server.data, 'MERKE771');
  check('no file holds the erased words', left.length === 0, left.join(' '));
  const note = odd.getByRole('listitem').getByText(secretWords);
  await note.waitFor({ state: 'detached' });
  check('the note has left its author', (await note.count()) === 0);
}

async function erasePerson(browser, organiser, server, check) {
  await organiser.setViewportSize(sizes.small);
  await openErasing(organiser, secretName, nb.console['erase.person']);
  await browser.screen(organiser, 'console-erase-person-small');
  await organiser.getByLabel(nb.console['erase.person.words']).check();
  await organiser.getByLabel(nb.console['erase.understood']).check();
  await organiser.getByRole('dialog').locator('button.grave').click();
  await organiser.getByRole('dialog').waitFor({ state: 'detached' });
  const named = organiser.locator('aside').getByText(secretName);
  await named.waitFor({ state: 'detached' });
  const left = filesWith(server.data, 'MERKE772');
  check('no file holds the erased name', left.length === 0, left.join(' '));
}
