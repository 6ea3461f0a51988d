// node shots.mjs <base address or folder> <folder for pictures> <path> …
// Takes each path at a phone's and a screen's size, runs axe, counts bytes and requests, and measures what axe does
// not: targets under 24 px and pages wider than the screen. Ends with 1 when something is wrong.
import { mkdirSync } from 'node:fs';
import { serveFolder } from './folder.mjs';
import { accessibility, layoutFaults } from './faults.mjs';
import { launch } from './suite.mjs';

const [base, pictures, ...paths] = process.argv.slice(2);
if (!paths.length) {
  console.error('usage: shots.mjs <base address or folder> <folder for pictures> <path> …');
  process.exit(2);
}
const sizes = [{ name: '360', width: 360, height: 640, isMobile: true }, { name: '1280', width: 1280, height: 800 }];

mkdirSync(pictures, { recursive: true });
const server = base.startsWith('http') ? null : await serveFolder(base);
const origin = server ? server.origin : base.replace(/\/$/, '');
const browser = await launch();
let wrong = 0;
for (const path of paths) {
  for (const size of sizes) {
    wrong += await look(path, size);
  }
}
await browser.close();
server?.close();
process.exit(wrong ? 1 : 0);

async function look(path, { name, width, height, isMobile }) {
  const context = await browser.newContext({ viewport: { width, height }, isMobile, hasTouch: isMobile, deviceScaleFactor: 1, locale: 'vi-VN' });
  const page = await context.newPage();
  const traffic = await counted(context, page);
  const refused = [];
  page.on('console', (message) => { if (message.type() === 'error') { refused.push(message.text()); } });
  page.on('pageerror', (error) => refused.push(String(error)));
  const response = await page.goto(origin + path, { waitUntil: 'networkidle' });
  const file = `${pictures}/${path.replace(/[^a-zA-Z0-9]+/g, '-').replace(/^-|-$/g, '') || 'home'}-${name}.png`;
  await page.screenshot({ path: file, fullPage: true });
  const faults = [...refused, ...await layoutFaults(page), ...await accessibility(page)];
  console.log(`${path} ${name}px: ${response.status()}, ${traffic.bytes} bytes, ${traffic.requests} requests, ${faults.length} faults → ${file}`);
  faults.forEach((fault) => console.log(`  ${fault}`));
  await context.close();
  return faults.length;
}

// What really crossed the wire, headers included, compressed as sent.
async function counted(context, page) {
  const traffic = { bytes: 0, requests: 0 };
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  devtools.on('Network.responseReceived', ({ response }) => { if (!response.url.startsWith('data:')) { traffic.requests += 1; } });
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => { traffic.bytes += encodedDataLength; });
  return traffic;
}
