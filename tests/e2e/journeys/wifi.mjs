// Goals R5 and R8 in ten real browsers: they write notes and one summary together while their lines
// are slow, silent, cut and refused, tabs are closed and crash, and the server is killed and
// restarted. In the end each note is saved once or was shown as not saved, each word of the summary
// stands there once, and all pages, the server and the archive have one state.
//
// Compressed: the pages' timers and clocks run up to 20 times faster than the network and the
// server; a cut of a minute lasts three seconds. How much faster is measured all the time: what a
// page gives a connection (8 s of its own) must stay many times what this machine needs to answer
// one, else a busy machine would look like Wi-Fi that never works. WIFI_CUTS, WIFI_SEED and
// WIFI_CUT_S set how many cuts, which ones, and the longest in seconds; tests/long cuts makes them
// many. The planted faults WIFI_PLANT=forgetful (browsers store nothing, R5) and WIFI_PLANT=misread
// (one browser reads another word than was sent, R8) must be found.
import { createHash } from 'node:crypto';
import { openLine } from '../bad_line.mjs';
import { openBrowser, sizes, words } from '../browser.mjs';
import { hurry } from '../hurry.mjs';
import { api, startServer } from '../server.mjs';

const speed_max = 20;
// As link/socket.ts has it, and how many times longer that must be than ten pages take to answer.
const open_max_ms = 8_000;
const answers_within_patience = 20;
const people = Number(process.env.WIFI_PEOPLE ?? 10);
const cuts_wanted = Number(process.env.WIFI_CUTS ?? 80);
const cut_max_s = Number(process.env.WIFI_CUT_S ?? 60);
const seed = Number(process.env.WIFI_SEED ?? 20_261_125);
const patience_ms = 240_000;
// A note shown as not saved may go with its tab only while the disk could not have it yet, on a
// machine that keeps up with the highest speed.
const fresh_ms = 300;
const nb = words('nb');
const summary = 'textarea:not(#note)';
const button = (page, name) => page.getByRole('button', { name, exact: true });

export default async function wifi(check) {
  const server = await startServer({ options: ['--reconnects-per-minute', '9999'] });
  const browser = await openBrowser(server, check);
  try {
    await new Chaos(server, browser, check).play();
  } catch (error) {
    await browser.pictures();
    throw error;
  } finally {
    await browser.close();
    await server.stop();
  }
}

// mulberry32 by Tommy Ettinger, public domain.
function chances(seed) {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000) * limit);
  };
}

const passed = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

class Chaos {
  cuts = 0;
  restarts = 0;
  tabs = 0;
  notes = [];
  words = [];
  speed = 1;
  speeds = [];
  resting = false;

  constructor(server, browser, check) {
    Object.assign(this, { server, browser, check });
  }

  async play() {
    this.made = await api(this.server, 'POST', '/api/v1/workshops', {
      template: 'dialogue-seminar',
      language: 'nb',
      title: 'Dårlig nett',
      rooms: 1,
    });
    this.people = await Promise.all(Array.from({ length: people }, (_, i) => this.#arrive(i)));
    await this.#begin();
    const began = Date.now();
    const pacing = this.#pacing();
    await Promise.all([...this.people.map((person) => this.#live(person)), this.#restarting()]);
    await this.#comeToRest();
    this.resting = true;
    await pacing;
    await this.#audit((Date.now() - began) / 1000);
    await this.#comeTooLate();
    await Promise.all(this.people.map(({ line }) => line.close()));
  }

  async #arrive(number) {
    const line = await openLine(this.server.url);
    const page = await this.browser.person(`person ${number}`, { proxy: line.proxy });
    const context = page.context();
    page.setDefaultTimeout(patience_ms);
    await context.addInitScript(hurry);
    if (process.env.WIFI_PLANT === 'forgetful') await context.addInitScript(forgetful);
    if (process.env.WIFI_PLANT === 'misread' && number === 3) await context.addInitScript(misread);
    await page.goto(`${this.made.join_link}/1`);
    await page.getByLabel(nb['join.name'], { exact: true }).fill(`Deltaker ${number}`);
    await button(page, nb['join.button']).click();
    await page.locator('#note').waitFor();
    return { number, line, context, page, here: true, chance: chances(seed + number), typed: 0 };
  }

  // As fast as the pages can answer all at once: falls at once, rises slowly.
  async #pacing() {
    while (!this.resting) {
      const began = Date.now();
      const here = this.people.filter((person) => person.here);
      await Promise.all(here.map(({ page }) => this.#tellSpeed(page)));
      const took_ms = Math.max(1, Date.now() - began);
      const fits = open_max_ms / (answers_within_patience * took_ms);
      this.speed = Math.max(1, Math.min(fits, this.speed * 1.5, speed_max));
      this.speeds.push(this.speed);
      await passed(200);
    }
  }

  // A page that is gone by now answers with an error, or not at all.
  #tellSpeed(page) {
    const told = page.evaluate((speed) => globalThis.hurryTo(speed), this.speed);
    return Promise.race([told.catch(() => undefined), passed(open_max_ms / 2)]);
  }

  // The summary's step, where board and text are both in sight.
  async #begin() {
    const organiser = await this.browser.person('organiser');
    await organiser.goto(this.made.workshop_link);
    await button(organiser, nb.console['sitting.open']).click();
    const [{ page }] = this.people;
    await button(page, nb['wait.begin']).click();
    const next = page.getByRole('region', { name: nb['controls'] }).locator('button.main');
    for (const kind of ['step.lap', 'step.dialogue']) {
      await page.getByText(nb[kind], { exact: true }).first().waitFor();
      await next.click();
    }
    await Promise.all(this.people.map(({ page }) => page.locator(summary).first().waitFor()));
    await organiser.context().close();
  }

  // One person, until there have been enough cuts.
  async #live(person) {
    const { line, chance } = person;
    while (this.cuts < cuts_wanted) {
      this.cuts += 1;
      const length_ms = 1_000 * cut_max_s ** (chance(1_000) / 1_000);
      line.turn(this.#weather(chance));
      const end = Date.now() + length_ms / this.speed;
      while (Date.now() < end) {
        await this.#type(person);
        await passed(Math.min(end - Date.now(), 100 + chance(800)));
      }
      if (chance(12) === 0) await this.#loseTab(person);
      line.turn({ is: 'fine' });
      if (person.page.isClosed()) await this.#reopen(person);
      await this.#type(person);
      await passed(100 + chance(900));
    }
  }

  #weather(chance) {
    const slow = { is: 'slow', delay_ms: 20 + chance(200), bytes_per_ms: 1 + chance(20) };
    return [{ is: 'cut' }, { is: 'cut' }, { is: 'silent' }, slow][chance(4)];
  }

  async #type(person) {
    if (person.chance(2)) await this.#writeNote(person);
    else await this.#writeWord(person);
  }

  async #writeNote(person) {
    const text = `note ${person.number}.${person.typed++}`;
    const area = person.page.locator('#note');
    await area.fill(text);
    await area.press('Control+Enter');
    this.notes.push({ text, at: Date.now() });
  }

  // One character that nobody else writes, anywhere in the text: found wherever it comes to stand.
  async #writeWord(person) {
    const word = String.fromCharCode(0xe000 + this.words.length);
    this.words.push(word);
    const part = person.chance(1_000) / 1_000;
    await person.page.locator(summary).first().evaluate(insert, { word, part });
  }

  // Closed as people do, or gone in a moment.
  async #loseTab(person) {
    this.tabs += 1;
    const shown = await unsavedIn(person.page);
    const since = Date.now() - (fresh_ms * speed_max) / this.speed;
    const fresh = this.notes.filter(({ text, at }) => shown.includes(text) && at >= since);
    person.here = false;
    if (person.chance(2)) await person.page.close();
    else await crash(person);
    for (const note of fresh) note.excused = true;
  }

  async #reopen(person) {
    person.page = await person.context.newPage();
    person.page.setDefaultTimeout(patience_ms);
    for (;;) {
      try {
        await person.page.goto(`${this.server.url}/room`);
        break;
      } catch {
        await passed(200); // the server is being restarted
      }
    }
    await person.page.locator(summary).first().waitFor();
    person.here = true;
  }

  // Now killed, now asked to stop.
  async #restarting() {
    const chance = chances(seed - 1);
    let next = 25;
    while (this.cuts < cuts_wanted) {
      await passed(50);
      if (this.cuts < next) continue;
      next = this.cuts + 25 + chance(30);
      this.restarts += 1;
      await this.server.restart(chance(2) ? 'SIGKILL' : 'SIGTERM');
    }
  }

  async #comeToRest() {
    for (const { line } of this.people) line.turn({ is: 'fine' });
    const end = Date.now() + patience_ms;
    for (;;) {
      this.states = await Promise.all(this.people.map(({ page }) => page.evaluate(shownIn)));
      const [first] = this.states;
      const one = this.states.every((state) => !state.waits && state.text === first.text);
      if (one && this.states.every(({ notes }) => notes.length === first.notes.length)) return;
      if (Date.now() > end) return;
      await passed(250);
    }
  }

  async #audit(seconds) {
    const { check } = this;
    const waiting = this.states.filter(({ waits }) => waits).length;
    check('in the end nobody waits', waiting === 0, `${waiting} still wait`);
    const archive = await this.#archive();
    const hashes = [archive, ...this.states].map(stateHash);
    // A page that is loaded anew has the server's own snapshot.
    const [{ page }] = this.people;
    await page.reload();
    await page.locator(summary).first().waitFor();
    hashes.push(stateHash(await page.evaluate(shownIn)));
    check('R8: one state', new Set(hashes).size === 1, hashes.join('\n'));
    const lost = this.notes.filter(({ text }) => !archive.notes.includes(text));
    const unseen = lost.filter(({ excused }) => !excused);
    check('R5: no note is lost that was shown as saved', unseen.length === 0, texts(unseen));
    const twice = archive.notes.filter((text, i, all) => all.indexOf(text) !== i);
    check('R5: no note is saved twice', twice.length === 0, twice.join());
    const times = (word) => archive.text.split(word).length - 1;
    const wrong = this.words.filter((word) => times(word) !== 1);
    const said = wrong.map((word) => `${word.charCodeAt(0)}: ${times(word)} times`).join();
    check('R5: each word is in the summary once', wrong.length === 0, said);
    const happened = [this.restarts, this.tabs, this.notes.length, this.words.length];
    check('the weather was bad enough', Math.min(...happened) > 0, happened.join());
    const slowest = Math.round(Math.min(...this.speeds.slice(10)));
    const fastest = Math.round(Math.max(...this.speeds));
    console.log(
      `${this.cuts} cuts of 1 to ${cut_max_s} s at ${slowest} to ${fastest} times the speed ` +
        `in ${seconds.toFixed(0)} s, seed ${seed}: ${this.notes.length} notes, ` +
        `${this.words.length} words, ${this.tabs} tabs lost, ${this.restarts} restarts, ` +
        `${lost.length} notes not saved, ${wrong.length} words wrong`,
    );
  }

  // What was written without a network when the text was closed is not in it, and says so.
  async #comeTooLate() {
    const person = this.people[1];
    person.line.turn({ is: 'cut' });
    await this.#writeWord(person);
    const organiser = await this.browser.person('organiser');
    await organiser.goto(this.made.workshop_link);
    await button(organiser, nb.console['callback']).click();
    await button(organiser, nb.console['callback.now']).click();
    await button(organiser, nb.console['sitting.close']).click();
    await organiser.getByRole('dialog').locator('button.grave').click();
    await button(organiser, nb.console['results.get']).waitFor();
    person.line.turn({ is: 'fine' });
    const notice = person.page.getByRole('region', { name: nb['late.title'] });
    const words = notice.locator('textarea').first();
    await words.waitFor();
    const said = await words.inputValue();
    this.check('words that came too late are shown', said.includes(this.words.at(-1)), said);
    await this.#inSight(notice);
    const pads = await person.page.getByRole('main').locator('.pad textarea').all();
    const delivered = await Promise.all(pads.map((pad) => pad.inputValue()));
    const none = !delivered.some((text) => text.includes(this.words.at(-1)));
    this.check('nothing that came too late is called delivered', pads.length > 0 && none);
    await this.browser.screen(person.page, 'room-late-words');
    await person.page.setViewportSize(sizes.small);
    await this.browser.screen(person.page, 'room-late-words-small');
  }

  // Also where somebody was reading the last note of a long board.
  async #inSight(notice) {
    const middle = (section) => {
      const { top, height } = section.getBoundingClientRect();
      return top + height / 2 > 0 && top + height / 2 < innerHeight;
    };
    const seen = notice.page().waitForFunction(middle, await notice.elementHandle());
    this.check('the notice of them is in sight', await seen.then(Boolean, () => false));
  }

  async #archive() {
    const path = `/api/v1/workshops/${this.made.id}/export.json`;
    const secret = this.made.workshop_link.split('.').pop();
    const [room] = (await api(this.server, 'GET', path, undefined, secret)).rooms;
    const [text] = room.summaries.filter(({ text }) => text);
    return { notes: room.notes.map(({ text }) => text), text: text?.text ?? '' };
  }
}

const texts = (notes) => notes.map(({ text }) => text).join();
const stateHash = ({ notes, text }) =>
  createHash('sha256')
    .update(JSON.stringify([notes, text]))
    .digest('hex');

// --- in the page ---------------------------------------------------------------------------------

// A browser whose database says yes and keeps nothing.
function forgetful() {
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (entry) {
    return put.call(this, { ...entry, workshop: 'nowhere' });
  };
}

// A browser to which a note of somebody else says something else.
function misread() {
  const { parse } = JSON;
  JSON.parse = (text, ...rest) => parse(String(text).replaceAll('note 1.1"', 'note 1.x"'), ...rest);
}

function insert(area, { word, part }) {
  const at = Math.floor(part * (area.value.length + 1));
  area.setRangeText(word, at, at, 'end');
  area.dispatchEvent(new InputEvent('input', { inputType: 'insertText', data: word }));
}

function shownIn() {
  const notes = [...document.querySelectorAll('.card.note')];
  const kept = Object.keys(localStorage).filter((key) => key.startsWith('rundbord.text.'));
  const words = (note) => note.querySelector('.written').textContent;
  return {
    notes: notes.map(words),
    unsaved: notes.filter((note) => note.matches('.waiting, .refused')).map(words),
    text: document.querySelector('textarea:not(#note)')?.value ?? '',
    waits: kept.length > 0 || document.querySelector('.card.note.waiting') !== null,
  };
}

const unsavedIn = async (page) => (await page.evaluate(shownIn)).unsaved;

async function crash({ page, context }) {
  const session = await context.newCDPSession(page);
  const gone = page.waitForEvent('crash');
  void session.send('Page.crash').catch(() => undefined);
  await gone;
  await page.close();
}
