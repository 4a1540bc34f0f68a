// One seminar as its people live it: organiser, facilitator, note-taker with members without
// devices, two participants (one on a small phone, in English) and a projector; from the first
// link to the download.
import { readFileSync } from 'node:fs';
import { openBrowser, sizes, words } from '../browser.mjs';
import { api, startServer } from '../server.mjs';

const nb = words('nb');
const en = words('en');
const fill = (text, params) => text.replace(/\{(\w+)\}/g, (_, key) => params[key]);
const button = (page, name, exact = true) => page.getByRole('button', { name, exact });
const noteText = 'Åpne kvelder på skolen – «uten» påmelding 😀';

export default async function journey(check) {
  const server = await startServer();
  try {
    await play(server, check);
  } finally {
    check('the server drains and ends with 0', (await server.stop()) === 0);
  }
}

async function play(server, check) {
  const made = await api(server, 'POST', '/api/v1/workshops', {
    template: 'dialogue-seminar',
    language: 'nb',
    title: 'Fremtidens møteplasser',
    rooms: 3,
  });
  const browser = await openBrowser(server, check);
  try {
    const people = await gather(browser, made, check);
    await prepare(browser, people, check);
    await hold(browser, people, check);
    await write(browser, people, check);
    await finish(browser, people, check);
    check('no request leaves the host', browser.foreign.length === 0, browser.foreign.join('\n'));
    check('no page complains', browser.complaints.length === 0, browser.complaints.join('\n'));
  } catch (error) {
    await browser.pictures();
    console.log(browser.complaints.join('\n'));
    throw error;
  } finally {
    await browser.close();
  }
}

async function join(browser, made, name, { room, language = 'nb', size }) {
  const say = words(language);
  const page = await browser.person(name, { language, size });
  await page.goto(`${made.join_link}/${room}`);
  await page.getByLabel(say['join.name'], { exact: true }).fill(name);
  await browser.screen(page, `join-${name}`);
  await button(page, say['join.button']).click();
  await page.getByRole('heading', { name: fill(say['label.group'], { n: room }) }).waitFor();
  return page;
}

// Everybody arrives.
async function gather(browser, made, check) {
  const organiser = await browser.person('organiser');
  await organiser.goto(made.workshop_link);
  await organiser.locator('a.tile').first().waitFor();
  const secret = made.workshop_link.split('.').pop();
  check('the secret has left the address bar', !organiser.url().includes(secret));
  await browser.screen(organiser, 'console-empty');
  const projector = await browser.person('projector', { size: sizes.wide });
  await projector.goto(made.projector_link);
  await projector.getByText(made.code, { exact: true }).waitFor();
  await browser.screen(projector, 'projector-join');
  const facilitator = await join(browser, made, 'Kari', { room: 1 });
  const taker = await join(browser, made, 'Per', { room: 1 });
  const small = await join(browser, made, 'Anne', { room: 1, size: sizes.small, language: 'en' });
  const other = await join(browser, made, 'Ola', { room: 2, size: sizes.small });
  return { organiser, projector, facilitator, taker, small, other };
}

// Roles, members without devices, the sitting is opened.
async function prepare(browser, { organiser, facilitator, taker, small }, check) {
  await browser.screen(small, 'room-waiting-small');
  await openPeople(facilitator);
  await takeRole(facilitator, 'Ordstyrer');
  await facilitator.keyboard.press('Escape');
  await openPeople(taker);
  await takeRole(taker, 'Den som noterer');
  await taker.getByLabel(nb['member.add'], { exact: true }).fill('Liv, Fjordvik kommune\nJonas');
  await browser.screen(taker, 'room-add-members');
  await button(taker, fill(nb['member.add.button'].other, { n: 2 })).click();
  await facilitator.keyboard.press('Escape');
  await taker.keyboard.press('Escape');
  await button(organiser, nb.console['sitting.open']).click();
  await button(facilitator, nb['wait.begin']).waitFor();
  const tile = organiser.locator('a.tile').first();
  await tile.getByText('5/5').waitFor();
  check('the console counts members without devices', (await tile.innerText()).includes('5/5'));
}

async function openPeople(page) {
  await page.locator('header.top button.people').click();
  await page.getByRole('dialog').waitFor();
}

async function takeRole(page, role) {
  const entry = page.getByRole('listitem').filter({ hasText: role });
  await entry.getByRole('button', { name: nb['role.claim.short'] }).click();
  await entry.getByText(nb['role.release']).waitFor();
}

const nextStep = (page) =>
  page.getByRole('region', { name: nb['controls'] }).locator('button.main').click();

// Lap, dialogue, hands, help, messages.
async function hold(browser, { organiser, projector, facilitator, taker, small }, check) {
  await button(facilitator, nb['wait.begin']).click();
  await facilitator.getByText(nb['step.lap'], { exact: true }).first().waitFor();
  await browser.screen(facilitator, 'room-lap');
  await browser.screen(small, 'room-lap-small');
  await button(facilitator, nb['turn.give']).click();
  await small.getByText(en['turn.mine']).first().waitFor();
  await browser.screen(small, 'room-my-turn-small');
  await nextStep(facilitator);
  await button(small, en['hand.ask']).click();
  const giveWord = button(facilitator, fill(nb['hand.give'], { name: 'Anne' }));
  await giveWord.waitFor();
  await browser.screen(facilitator, 'room-dialogue');
  await giveWord.click();
  await giveWord.waitFor({ state: 'detached' });
  await button(small, en['room.help'], false).click();
  await button(organiser, nb.console['need.help.do']).waitFor();
  await browser.screen(organiser, 'console-help');
  await button(small, en['room.help.waiting']).waitFor();
  await button(organiser, nb.console['need.help.do']).click();
  const coming = small.getByText(en['room.help.sent']).first();
  await coming.waitFor();
  check('who asked for help is told that it comes', await coming.isVisible());
  await button(organiser, nb.console['message.all']).click();
  await organiser.getByLabel(nb.console['message.text']).fill('Husk pausen kl. 14.');
  await browser.screen(organiser, 'console-message');
  await organiser.getByRole('dialog').locator('button.main').click();
  await small.getByText('Husk pausen kl. 14.').first().waitFor();
  await button(small, en['broadcast.read']).click();
  await button(projector, nb.projector['scene.question']).click();
  await browser.screen(projector, 'projector-question');
  // A screen reader's announcement keeps the words; the notice itself goes.
  const notice = small.locator('aside').filter({ hasText: 'Husk pausen kl. 14.' });
  await notice.waitFor({ state: 'detached' });
  const unread = await notice.count();
  check('a message that was read leaves the phone', unread === 0, `${unread} left`);
  await taker.bringToFront();
}

// Notes on the board, moved, undone; a text written by two at once.
async function write(browser, { organiser, projector, facilitator, taker, small }, check) {
  await taker.locator('#note').fill(noteText);
  await taker.locator('#note').press('Control+Enter');
  await small.getByText(noteText).first().waitFor();
  await small.locator('#note').fill('=1+1 <script>alert(1)</script>');
  await button(small, en['note.post']).click();
  await taker.getByText('<script>alert(1)</script>').first().waitFor();
  await small.locator('#note').fill('En lang linje\n'.repeat(40));
  check('a long note stays in sight while it is written', await inSight(small.locator('#note')));
  await small.locator('#note').fill('');
  await browser.screen(small, 'room-board-small');
  await browser.screen(taker, 'room-board');
  await button(projector, nb.projector['scene.wall']).click();
  await projector.getByText(noteText).first().waitFor();
  await browser.screen(projector, 'projector-wall');
  await nextStep(facilitator);
  const first = facilitator.locator('textarea:not(#note)').first();
  const second = taker.locator('textarea:not(#note)').first();
  await first.waitFor();
  await second.waitFor();
  await first.pressSequentially('Gruppa vil ha åpne kvelder.\n');
  await until(taker, async () => (await second.inputValue()).endsWith('kvelder.\n'));
  await first.press('Control+Home');
  await second.press('Control+End');
  await Promise.all([
    first.pressSequentially('Vi er enige: '),
    second.pressSequentially('Og en buss hjem.'),
  ]);
  for (const [page, area] of [
    [facilitator, first],
    [taker, second],
  ]) {
    await until(page, async () => {
      const text = await area.inputValue();
      return text === 'Vi er enige: Gruppa vil ha åpne kvelder.\nOg en buss hjem.';
    });
  }
  const [one, other] = [await first.inputValue(), await second.inputValue()];
  check('two who write at once see one text', one === other, `${one} / ${other}`);
  await browser.screen(facilitator, 'room-summary');
  await organiser.locator('a.tile').first().click();
  await organiser.locator('aside').getByText('åpne kvelder').first().waitFor();
  await browser.screen(organiser, 'console-room');
}

const inSight = (locator) =>
  locator.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });

// Asks again at each frame of the page (its policy forbids the eval that waitForFunction needs).
async function until(page, holds, patience = 20_000) {
  const end = Date.now() + patience;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('waited in vain');
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

// Called back, closed, downloaded.
async function finish(browser, { organiser, projector, small }, check) {
  await button(organiser, nb.console['callback']).click();
  const soon = fill(nb.console['callback.in'].other, { n: 5 });
  await button(organiser, soon).click();
  const start = nb['callback.in'].split('{')[0];
  await projector.getByText(start).waitFor();
  const counts = await projector.getByRole('timer').first().innerText();
  check('the projector counts down with the rooms', /[45]:\d\d/.test(counts), counts);
  await browser.screen(projector, 'projector-called-back');
  await small.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  const called = small.getByText(en['callback.in'].split('{')[0]).first();
  check('being called back is in sight wherever one has scrolled', await inSight(called));
  await browser.screen(small, 'room-called-back-small');
  await button(organiser, nb.console['callback.undo']).click();
  await projector.getByText(start).waitFor({ state: 'detached' });
  await button(organiser, nb.console['callback']).click();
  await button(organiser, nb.console['callback.now']).click();
  await button(organiser, nb.console['callback.undo']).waitFor();
  await button(organiser, nb.console['sitting.close']).click();
  await browser.screen(organiser, 'console-closing');
  await organiser.getByRole('dialog').locator('button.grave').click();
  await button(organiser, nb.console['results.get']).click();
  await organiser.getByText(/[0-9a-f]{64}/).waitFor();
  await browser.screen(organiser, 'console-results');
  const exported = await downloaded(organiser, nb.console['format.json']);
  const result = JSON.parse(exported);
  const notes = result.rooms.flatMap((room) => room.notes.map((note) => note.text));
  check(
    'every note is in the download once',
    notes.filter((text) => text === noteText).length === 1,
  );
  check('the seminar is closed', result.workshop.state === 'closed');
  await checkRevision(browser, organiser, check);
  const csv = await downloaded(organiser, nb.console['format.csv']);
  check('no cell starts a formula', csv.includes(`"'=1+1`) && !csv.includes('"=1+1'));
  await correct(browser, organiser, small, check);
  await small.getByRole('heading', { name: en['ended.closed'] }).waitFor();
  await browser.screen(small, 'room-ended-small');
  await button(projector, nb.projector['scene.thanks']).click();
  await browser.screen(projector, 'projector-thanks');
}

// The revision as it was archived, held against the chain that names it; and with other words.
async function checkRevision(browser, organiser, check) {
  const getIt = fill(nb.console['results.revision.get'], { n: 1 });
  const revision = await downloaded(organiser, getIt);
  const chain = await downloaded(organiser, nb.console['format.chain']);
  const file = (name, text) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  const reader = await browser.person('reader', { size: sizes.small });
  await reader.goto(`${new URL(organiser.url()).origin}/verify`);
  const given = [
    file('arkiv.json', revision),
    file('endret.json', revision.replace(noteText, 'Stengte kvelder')),
    file('kontroll.json', chain),
  ];
  await reader.locator('input[type=file]').setInputFiles(given);
  const is = { name: 'arkiv.json', revision: 1, sitting: 1 };
  const sealed = reader.getByText(fill(nb.verify['result.sealed'], is));
  await sealed.waitFor();
  check('RC6: the revision is found in the chain', await sealed.isVisible());
  const damaged = reader.getByText(fill(nb.verify.damaged, { name: 'endret.json' }));
  check('a changed revision is told', await damaged.isVisible());
  await browser.screen(reader, 'verify-revision-small');
  await reader.context().close();
}

// What was archived is put right; the correction is a revision of its own.
async function correct(browser, organiser, small, check) {
  await organiser.keyboard.press('Escape');
  await button(organiser, fill(nb.console['erase.menu'], { text: nb['view.summary'] })).click();
  await button(organiser, nb.console['correct.open']).click();
  const dialog = organiser.getByRole('dialog');
  const right = 'Vi er enige: Gruppa vil ha åpne kvelder.\nOg en buss hjem hver fredag.';
  await dialog.getByLabel(nb['view.summary']).fill(right);
  const save = dialog.getByRole('button', { name: nb.console['correct.do'] });
  check('a correction needs a reason', await save.isDisabled());
  await dialog.getByLabel(nb.console['correct.reason']).fill('Ordet fredag falt ut');
  await browser.screen(organiser, 'console-correct');
  await save.click();
  await dialog.waitFor({ state: 'detached' });
  await organiser.locator('aside').getByText('hver fredag').waitFor();
  await button(organiser, nb.console['results.get']).click();
  const second = fill(nb.console['results.revision.get'], { n: 2 });
  await organiser.getByRole('link', { name: second }).waitFor();
  const revision = await downloaded(organiser, second);
  check('the corrected text is in a revision of its own', revision.includes('hver fredag'));
}

async function downloaded(page, name) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name }).click(),
  ]);
  return readFileSync(await download.path(), 'utf8');
}
