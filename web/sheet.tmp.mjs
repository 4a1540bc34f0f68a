import { chromium } from 'playwright-core';
import { readFileSync } from 'node:fs';
const [out, ...files] = process.argv.slice(2);
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu'] });
const p = await b.newPage({ viewport: { width: 1500, height: 760 } });
await p.setContent('<body style="margin:0;display:flex;gap:8px;background:#888">' + files.map(f => `<img style="max-height:740px" src="data:image/png;base64,${readFileSync(f).toString('base64')}">`).join(''));
await p.screenshot({ path: out }); await b.close();
