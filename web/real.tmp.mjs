import { readFileSync, mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
const ws = JSON.parse(readFileSync('/tmp/webtry/ws.json'));
const base = 'http://127.0.0.1:18391';
const out = '/tmp/webtry/real'; mkdirSync(out, { recursive: true });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const log = (who) => (m) => ['error','warning'].includes(m.type()) && console.log(who, m.text());
async function person(name, size, organisation = '') {
  const ctx = await browser.newContext({ viewport: size, locale: 'nb-NO' });
  const page = await ctx.newPage();
  page.on('console', log(name)); page.on('pageerror', e => console.log(name, 'PAGEERROR', e.stack));
  page.setDefaultTimeout(8000);
  await page.goto(`${base}/${ws.code}/1`);
  await page.fill('#name', name);
  if (organisation) await page.fill('#organisation', organisation);
  await page.click('button.main');
  await page.waitForSelector('.dock');
  return page;
}
async function until(p, fn) { for (let i = 0; i < 400; i++) { if (await p.evaluate(fn).catch(() => false)) return; await p.waitForTimeout(50); } throw new Error('never: ' + fn); }
const shot = (p, n) => p.screenshot({ path: `${out}/${n}.png` });
const phone = { width: 360, height: 740 }, laptop = { width: 1366, height: 820 };
try {
  const kari = await person('Kari', laptop, 'Fjordvik kommune');
  const ola = await person('Ola', phone);
  console.log('joined', kari.url());
  // organiser opens sitting by a socket in an empty page
  const octx = await browser.newContext(); const org = await octx.newPage();
  await org.goto(base + '/');
  const link = new URL(ws.workshop_link).hash.slice(1); const [w, secret] = link.split('.');
  const r = await org.evaluate(async ([w, secret]) => {
    await fetch('/api/v1/sessions', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ workshop: w, secret }) });
    const { ticket } = await (await fetch(`/api/v1/workshops/${w}/ticket`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"as":"organiser"}' })).json();
    const s = new WebSocket(`ws://${location.host}/ws/${w}?ticket=${ticket}`, 'rundbord.v1');
    window.s = s; window.answers = [];
    s.onmessage = (e) => window.answers.push(e.data);
    await new Promise(r => s.onopen = r);
    window.cmd = (name, fields) => { const id = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)))).replace(/\+/g,'-').replace(/\//g,'_').replace(/=/g,''); s.send(JSON.stringify({ type: 'command', id, name, fields })); };
    setInterval(() => s.send('{"type":"ping"}'), 15000);
    window.cmd('open_sitting', { sitting: 1 });
    await new Promise(r => setTimeout(r, 300));
    return window.answers;
  }, [w, secret]);
  console.log(r.join('\n').slice(0, 600));
  await shot(ola, 'wait-phone'); await shot(kari, 'wait-laptop');
  // Kari takes roles
  await kari.click('.people'); await kari.waitForSelector('dialog');
  for (let i = 0; i < 2; i++) { await kari.locator('dialog button', { hasText: 'Jeg tar den' }).first().click(); await kari.waitForTimeout(300); }
  await kari.fill('#members', 'Liv, Nes kommune\nPer'); await kari.locator('dialog button.main', { hasText: 'Legg til 2' }).click();
  await kari.waitForTimeout(400); await shot(kari, 'people-laptop');
  await kari.keyboard.press('Escape');
  await ola.waitForTimeout(200);
  await kari.locator('button', { hasText: 'Begynn' }).click();
  await kari.waitForSelector('.turn'); await shot(kari, 'lap-laptop'); await shot(ola, 'lap-phone');
  // turns until Ola's
  for (let i = 0; i < 4; i++) { if (await ola.locator('.turn.mine').count()) break; await kari.locator('.turn button.main').click(); await kari.waitForTimeout(300); }
  await shot(ola, 'myturn-phone');
  await ola.fill('#note', 'Åpne kvelder på skolen – uten påmelding. 😀'); await ola.click('.dock button.main');
  await kari.waitForSelector('.note'); await shot(ola, 'noted-phone');
  await kari.fill('#note', 'Flere linjer\nsom er limt inn'); await kari.keyboard.press('Control+Enter');
  await until(kari, () => document.querySelectorAll('.note').length === 2);
  await kari.locator('.note .foot > .button').first().click(); await kari.waitForSelector('dialog .item'); await shot(kari, 'notemenu-laptop');
  await kari.locator('dialog .item', { hasText: 'Marker som tiltak' }).click();
  await ola.waitForSelector('.note .pill');
  await kari.locator('.note .foot > .button').first().click(); await kari.locator('dialog .item', { hasText: 'Slett' }).click();
  await until(ola, () => document.querySelectorAll('.note').length === 1);
  await kari.locator('.toast button', { hasText: 'Angre' }).click();
  await until(ola, () => document.querySelectorAll('.note').length === 2);
  // dialogue + hands
  await kari.locator('.steps .main').click(); await ola.waitForSelector('.hands'); await ola.locator('.hands .button').click(); await kari.waitForSelector('.hands ol'); await shot(kari, 'dialogue-laptop');
  await kari.locator('.hands ol button').click(); await until(ola, () => !document.querySelector('.hands ol'));
  await kari.locator('.steps .main').click(); await kari.waitForSelector('textarea[readonly], .pad textarea'); await ola.waitForSelector('.pad textarea');
  await kari.locator('.pad textarea').first().click(); await kari.keyboard.type('Gruppa mener at åpne kvelder virker.');
  await until(ola, () => document.querySelector('.pad textarea').value.includes('virker.'));
  await ola.locator('.pad textarea').first().click(); await ola.keyboard.press('Control+End'); await ola.keyboard.type(' Ola er enig.');
  await until(kari, () => document.querySelector('.pad textarea').value.includes('Ola er enig.'));
  await kari.waitForTimeout(1500); await shot(kari, 'summary-laptop'); await shot(ola, 'summary-phone');
  await kari.locator('button', { hasText: /^Velg/ }).first().click(); await kari.locator('.pick input').first().check(); await kari.locator('button', { hasText: 'Sett inn 1' }).first().click();
  await until(ola, () => document.querySelector('.pad textarea').value.includes('påmelding'));
  await ola.locator('.sign button.main').click(); await until(kari, () => /1 av/.test(document.querySelector('.sign h3').textContent));
  await ola.locator('.sign button', { hasText: 'avvikende' }).click(); await ola.locator('.sign textarea').fill('Jeg er uenig i dette.'); await ola.locator('.sign button.main').click();
  await kari.waitForSelector('blockquote'); await shot(kari, 'signed-laptop');
  // help, message, call back
  await ola.locator('.top .help').click(); await ola.waitForTimeout(300);
  const a = await org.evaluate(async () => { window.cmd('send_message', { message: 'AAAAAAAAAAAAAAAAAAAAAA', text: 'Fem minutter igjen.', rooms: [] }); window.cmd('call_back', { sitting: 1, countdown: 120000 }); await new Promise(r => setTimeout(r, 400)); return window.answers.slice(-3); });
  console.log(a.join('\n').slice(0, 500));
  await ola.waitForSelector('aside.notice'); await shot(ola, 'called-phone'); await shot(kari, 'called-laptop');
  await ola.locator('aside button').click();
  // reload: same seat
  await ola.reload(); await ola.waitForSelector('.dock, .pad'); console.log('after reload', await ola.locator('.top h1').textContent());
  // offline
  await ola.context().setOffline(true);
  await ola.locator('.switch button').first().click(); await ola.fill('#note', 'Skrevet uten nett'); await ola.click('.dock button.main');
  console.log('offline bar', await ola.waitForSelector('.off', { timeout: 60000 }).then(() => 'shown', () => 'not shown'));
  await shot(ola, 'offline-phone');
  await ola.context().setOffline(false);
  await until(kari, () => document.body.textContent.includes('Skrevet uten nett'));
  await ola.waitForTimeout(500); await shot(ola, 'back-phone');
  await org.evaluate(async () => { window.cmd('close_room', { room: 1 }); await new Promise(r => setTimeout(r, 500)); });
  await ola.waitForTimeout(500); await shot(ola, 'closed-phone');
  await ola.locator('button', { hasText: 'Gruppe 2' }).click(); await ola.waitForSelector('.dock, .pad'); await ola.waitForTimeout(300); await shot(ola, 'moved-phone');
  console.log('done');
} catch (e) { console.log('FAILED', e.message.slice(0, 600)); for (const [i, c] of browser.contexts().entries()) for (const p of c.pages()) await p.screenshot({ path: `${out}/fail-${i}.png` }).catch(() => {}); }
await browser.close();
