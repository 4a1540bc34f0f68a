// The organiser erases a note, a group's name, its own question and then a person for good: they go
// from everybody's screen at once, and when the console says so no file of the server holds the
// words any more. The author's receipts tell what was erased and what is still there.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openBrowser, sizes, words } from '../browser.mjs';
import { api, root, startServer } from '../server.mjs';

const nb = words('nb');
const fill = (text, params) => text.replace(/\{(\w+)\}/g, (_, key) => params[key]);
const button = (page, name, exact = true) => page.getByRole('button', { name, exact });
const secretWords = 'Naboen i MERKE771 har sagt at han flytter';
const secretName = 'Odd MERKE772';
const roomName = 'Hos MERKE773';
const ownQuestion = 'Hvem kjenner MERKE774?';
const keptWords = 'Lekeplassen er fin';

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
    for (const text of [secretWords, keptWords]) {
      await odd.locator('#note').fill(text);
      await odd.locator('#note').press('Control+Enter');
      await odd.locator('.card.note:not(.waiting)').getByText(text).waitFor();
    }
    check('the words are on the disk', filesWith(server.data, 'MERKE771').length > 0);
    await organiser.locator('a.tile').first().click();
    await eraseNote(browser, organiser, odd, server, check);
    await checkReceipts(browser, organiser, odd, check);
    await eraseName(browser, organiser, odd, server, check);
    await eraseQuestion(browser, organiser, odd, server, check);
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

async function saved(page, link) {
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  return { path: await download.path(), name: download.suggestedFilename() };
}

// Receipts by the person, the control file and the result by the organiser, put together by anyone.
async function checkReceipts(browser, organiser, odd, check) {
  await odd.bringToFront();
  await button(odd, nb['room.menu']).click();
  await button(odd, nb['receipts']).click();
  const receipts = await saved(odd, odd.getByRole('link', { name: nb.own_receipts.save }));
  await browser.screen(odd, 'room-receipts');
  await odd.keyboard.press('Escape');
  await organiser.bringToFront();
  await button(organiser, nb.console['results']).click();
  const link = (name) => organiser.getByRole('link', { name: nb.console[name] });
  const chain = await saved(organiser, link('format.chain'));
  const result = await saved(organiser, link('format.json'));
  await browser.screen(organiser, 'console-results-open');
  await organiser.keyboard.press('Escape');
  const reader = await browser.person('reader', { size: sizes.small });
  const dist = process.env.RUNDBORD_WEB ?? join(root, 'web/dist');
  await reader.goto(pathToFileURL(join(dist, 'verify.html')).href);
  const files = [receipts, chain, result].map(({ path }) => path);
  await reader.locator('input[type=file]').setInputFiles(files);
  await reader.getByText(fill(nb.verify.kept.other, { kept: 2, n: 2 })).waitFor();
  const said = await reader.locator('.results li').allInnerTexts();
  const erased = said[0].includes(nb.verify['verdict.erased']);
  check('the receipt of the erased note says that it was erased', erased, said[0]);
  const kept = said[1].includes(nb.verify['verdict.unchanged']) && said[1].includes(keptWords);
  check('the receipt of the other note finds it unchanged', kept, said[1]);
  const { as_of } = JSON.parse(readFileSync(result.path));
  const is = { name: basename(result.path), seq: as_of.seq, found: 1, n: 1 };
  const fits = reader.getByText(fill(nb.verify['result.fits'], is));
  check('RC6: the result and its note are those of this chain', await fits.isVisible());
  await browser.screen(reader, 'verify-erased-small');
  await reader.context().close();
}

const eraseNow = async (page) => {
  await page.getByLabel(nb.console['erase.understood']).check();
  await page.getByRole('dialog').locator('button.grave').click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
};

async function eraseName(browser, organiser, odd, server, check) {
  const panel = organiser.locator('aside');
  await button(panel, nb.console['room.rename']).click();
  await panel.getByLabel(nb.console['room.name'], { exact: true }).fill(roomName);
  await button(panel, nb['save']).click();
  await odd.getByRole('heading', { name: roomName }).waitFor();
  const heading = panel.getByRole('heading', { name: roomName });
  await heading.waitFor();
  const label = (await heading.innerText()).trim();
  await openErasing(organiser, label, nb.console['erase.name.open']);
  await browser.screen(organiser, 'console-erase-name');
  await eraseNow(organiser);
  const left = filesWith(server.data, 'MERKE773');
  check('no file holds the erased name of the group', left.length === 0, left.join(' '));
  await odd.getByText(roomName).first().waitFor({ state: 'detached' });
}

async function eraseQuestion(browser, organiser, odd, server, check) {
  await button(odd, nb['room.menu']).click();
  await button(odd, nb['question.own.add']).click();
  await odd.getByLabel(nb['question.own.field'], { exact: true }).fill(ownQuestion);
  await odd.getByRole('dialog').getByRole('button', { name: nb['add'], exact: true }).click();
  await organiser.locator('aside').getByText(ownQuestion).waitFor();
  await openErasing(organiser, ownQuestion.slice(0, 40), nb.console['erase.question.open']);
  await browser.screen(organiser, 'console-erase-question');
  await eraseNow(organiser);
  const left = filesWith(server.data, 'MERKE774');
  check('no file holds the erased question', left.length === 0, left.join(' '));
  await odd.getByText(ownQuestion).first().waitFor({ state: 'detached' });
  await organiser.locator('aside').getByText(nb.console['question.erased']).waitFor();
}

async function erasePerson(browser, organiser, server, check) {
  await organiser.setViewportSize(sizes.small);
  await openErasing(organiser, secretName, nb.console['erase.person']);
  await browser.screen(organiser, 'console-erase-person-small');
  await organiser.getByLabel(nb.console['erase.person.words']).check();
  await organiser.getByLabel(nb.console['erase.understood']).check();
  await organiser.getByRole('dialog').locator('button.grave').click();
  await organiser.getByRole('dialog').waitFor({ state: 'detached' });
  // On a small screen the room is the page's main part.
  const named = organiser.locator('main').getByText(secretName);
  await named.waitFor({ state: 'detached' });
  await browser.screen(organiser, 'console-erased-small');
  const left = filesWith(server.data, 'MERKE772');
  check('no file holds the erased name', left.length === 0, left.join(' '));
}
