import { chromium } from 'playwright-core';
import { fakeServer, serveDist, states, workshop, seats } from './tests/browser/fake.mjs';
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu'] });
const server = await serveDist(); const base = `http://127.0.0.1:${server.address().port}`;
for (const n of [200, 2000]) {
const page = await (await browser.newContext({ viewport: { width: 360, height: 740 } })).newPage();
const fake = await fakeServer(page, states({ kind: 'dialogue', notes: n }));
await page.goto(`${base}/room#${workshop}.${'s'.repeat(22)}`);
await page.waitForSelector('.note'); await page.waitForTimeout(3500);
const cdp = await page.context().newCDPSession(page); await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
await page.evaluate(() => { window.f = []; let last = performance.now(); const t = (now) => { window.f.push(now - last); last = now; requestAnimationFrame(t); }; requestAnimationFrame(t); });
let seq = 10;
const t0 = Date.now();
await cdp.send('Performance.enable'); const cpu = async () => (await cdp.send('Performance.getMetrics')).metrics.filter(m => /TaskDuration|ScriptDuration|LayoutDuration|RecalcStyle/.test(m.name)).map(m => `${m.name} ${m.value.toFixed(2)}`).join(' ');
const before = await cpu();
for (let i = 0; i < 250; i++) { fake.say({ type: 'frame', channel: 'room/12', after: seq, to: ++seq, commits: [{ seq, at: Date.now(), events: [{ event: 'note_written', note: { id: ('x' + n + '_' + i).padEnd(22, '0'), room: 12, place: { task: 1, question: 2 }, kind: 'idea', text: 'Nytt innspill ' + i, author: seats[1].id, written: 1, version: 1, author_shown: true, private: false } }] }] }); const due = t0 + (i + 1) * 20; const w = due - Date.now(); if (w > 0) await new Promise(r => setTimeout(r, w)); }
const f = await page.evaluate(() => window.f);
f.sort((a, b) => a - b); console.log(n, 'frames', f.length, 'over33', f.filter(x => x > 33).length, 'p95', f[Math.floor(f.length * .95)].toFixed(0), 'max', f.at(-1).toFixed(0)); console.log(before); console.log(await cpu());
await page.close(); }
await browser.close(); server.close();
