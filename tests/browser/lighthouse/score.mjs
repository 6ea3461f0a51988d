// node score.mjs <address> <code that nobody has used>
// Lighthouse on a phone with a slow network and a slow processor. Ends with 1 when accessibility is below 100; the times are told, not judged.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse from 'lighthouse';
import { chromium } from 'playwright-core';
import { ONWARD, SKIP, agree, enter, follow, isRefused, place, send } from '../citizen.mjs';

const [address, code] = process.argv.slice(2);
if (!code) {
  console.error('usage: score.mjs <address> <code>');
  process.exit(2);
}
const port = 9300 + (process.pid % 600);
const profile = mkdtempSync(join(tmpdir(), 'lighthouse-'));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  baseURL: address,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', `--remote-debugging-port=${port}`],
});
const slow = {
  onlyCategories: ['accessibility', 'performance'],
  formFactor: 'mobile',
  screenEmulation: { mobile: true, width: 360, height: 640, deviceScaleFactor: 2, disabled: false },
  throttlingMethod: 'devtools',
  throttling: { requestLatencyMs: 1500, downloadThroughputKbps: 400, uploadThroughputKbps: 400, cpuSlowdownMultiplier: 6 },
};
let below = 0;

async function score(name, path, keep = true) {
  const { lhr } = await lighthouse(address + path, { port, logLevel: 'error', disableStorageReset: keep }, { extends: 'lighthouse:default', settings: slow });
  const accessibility = Math.round((lhr.categories.accessibility.score ?? 0) * 100);
  const told = ['first-contentful-paint', 'interactive', 'total-blocking-time', 'cumulative-layout-shift']
    .map((audit) => `${audit} ${lhr.audits[audit]?.displayValue ?? '?'}`);
  console.log(`${name}: accessibility ${accessibility}; ${told.join('; ')}`);
  if (accessibility < 100) {
    below += 1;
    Object.values(lhr.audits).filter((audit) => audit.score === 0 && lhr.categories.accessibility.auditRefs.some(({ id }) => id === audit.id))
      .forEach((audit) => console.log(`  ${audit.title}`));
  }
}

const PUBLIC = ['/', '/xu-huong', '/ban-do', '/tinh', '/tinh/da-nang', '/so-sanh', '/du-lieu', '/phuong-phap', '/sdg-16-6-2', '/gop-y'];
for (const path of PUBLIC) { await score(path, path); }
await score('start', `/v/${code}`, false);
const page = context.pages()[0] ?? await context.newPage();
await enter(page, code);
await agree(page);
await score('question', place(page));
while (place(page) !== '/khao-sat/kiem-tra') {
  if (await isRefused(page, ONWARD)) { await follow(page, SKIP); }
}
await score('check', place(page));
await send(page);
await score('receipt', place(page));
await context.close();
rmSync(profile, { recursive: true });
process.exit(below ? 1 : 0);
