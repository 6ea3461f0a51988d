// The interviewer's tablet: installed once, then hours without a network, killed again and again, a network that loses answers; at the
// end every finished interview and every visit has arrived once. Says on standard output what was answered and which receipts came.
import { chromium } from 'playwright-core';
import { createServer, request } from 'node:http';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './suite.mjs';
import { accessibility, layoutFaults } from './faults.mjs';

const PIN = '482177';
const SIZES = [[360, 640], [800, 1280], [1280, 800]];
const EVERY = { waitUntil: 'load' };

// Between tablet and server: can be cut, and can swallow the server's answer after the server gave it.
function network(address) {
  const server = createServer((incoming, outgoing) => {
    if (!wire.up) { incoming.socket.destroy(); return; }
    const onward = request(address + incoming.url, { method: incoming.method, headers: incoming.headers }, (answer) => {
      if (incoming.method === 'POST' && wire.swallow > 0) {
        wire.swallow -= 1;
        answer.resume();
        answer.on('end', () => outgoing.socket.destroy());
        return;
      }
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.socket.destroy());
    incoming.pipe(onward);
  });
  const wire = { up: true, swallow: 0, close: () => server.closeAllConnections() };
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => { wire.address = `http://127.0.0.1:${server.address().port}`; done(wire); });
  });
}

// One device: a profile that outlives its browser.
class Tablet {
  constructor(suite, wire) {
    Object.assign(this, { suite, wire, profile: mkdtempSync(join(tmpdir(), 'tablet-')), kills: 0 });
  }

  async open() {
    this.context = await chromium.launchPersistentContext(this.profile, {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', baseURL: this.wire.address, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh',
      viewport: { width: 800, height: 1280 },
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
    this.context.setDefaultTimeout(60_000);
    await this.context.clock.install({ time: this.suite.task.now });
    this.page = this.context.pages()[0] ?? await this.context.newPage();
    this.suite.watch(this.page);
  }

  // The browser's own processes, by the profile they were started with.
  async kill() {
    this.kills += 1;
    const closed = new Promise((done) => { this.context.on('close', done); });
    for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      let line = '';
      try { line = readFileSync(`/proc/${id}/cmdline`, 'utf8'); } catch { continue; }
      if (line.includes(this.profile)) { try { process.kill(Number(id), 'SIGKILL'); } catch { /* gone already */ } }
    }
    await closed;
    for (const left of ['SingletonLock', 'SingletonCookie', 'SingletonSocket']) { rmSync(join(this.profile, left), { force: true }); }
  }

  async reopen() {
    await this.open();
    await this.page.goto('/dtv/may', EVERY);
    await this.is('pin');
    await this.unlock();
  }

  async unlock() {
    await this.page.fill('#pin', PIN);
    await this.submit();
    await this.is('today');
  }

  press(act) { return this.page.locator(`[data-act="${act}"]:visible`).first().click(); }

  submit() { return this.page.locator('[data-screen] form button[type=submit]:not([name])').click(); }

  // Which screen stands, once nothing is under way.
  async where() {
    await this.page.waitForFunction(() => { const screen = document.querySelector('[data-screen]'); return screen?.firstElementChild && !screen.hasAttribute('aria-busy'); });
    return this.page.evaluate(() => {
      const has = (selector) => document.querySelector(`[data-screen] ${selector}`);
      for (const [name, selector] of [['today', '[data-list="cases"]'], ['sync', '[data-list="items"]'], ['finish', '[data-list="skipped"]'], ['discard', '[data-act="discard-yes"]'],
        ['handover', '[data-act="handed"]'], ['handback', '[data-act="handed-back"]'], ['consent', '[data-act="agree"]']]) {
        if (has(selector)) { return name; }
      }
      return has('form')?.dataset.form ?? 'message';
    });
  }

  async is(name) {
    await this.page.waitForFunction((name) => {
      const marks = { today: '[data-list="cases"]', sync: '[data-list="items"]', finish: '[data-list="skipped"]', handover: '[data-act="handed"]', handback: '[data-act="handed-back"]', consent: '[data-act="agree"]', message: '[data-act="begin"]' };
      return document.querySelector(`[data-screen] ${marks[name] ?? `form[data-form="${name}"]`}`) && !document.querySelector('[data-screen][aria-busy]');
    }, name).catch(async () => { throw new Error(`not the screen ${name}: ${await this.page.textContent('main')}`); });
  }

  // All that the device holds, as bytes.
  stored() {
    const files = [];
    const walk = (folder) => readdirSync(folder).forEach((name) => {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) { walk(path); } else { files.push(readFileSync(path)); }
    });
    for (const part of ['IndexedDB', 'Service Worker', 'Local Storage', 'Session Storage']) {
      try { walk(join(this.profile, 'Default', part)); } catch { /* never made */ }
    }
    return Buffer.concat(files);
  }
}

await run(async ({ address, login, password, codes, names, visits, seed }, suite) => {
  const wire = await network(address);
  const tablet = new Tablet(suite, wire);
  let number = seed;
  const below = (most) => { number = (Math.imul(number, 1103515245) + 12345) >>> 0; return Math.floor((number / 2 ** 32) * most); };
  const looked = new Set();
  const answered = {};
  let code = null;

  // Each screen once, in every size.
  async function look(name) {
    if (looked.has(name)) { return; }
    looked.add(name);
    for (const [width, height] of SIZES) {
      await tablet.page.setViewportSize({ width, height });
      const faults = [...await accessibility(tablet.page), ...await layoutFaults(tablet.page)];
      faults.forEach((fault) => suite.fault(`${name} at ${width}×${height}: ${fault}`));
      if (process.env.SIPAS_TEST_PICTURES) { await tablet.page.screenshot({ path: `${process.env.SIPAS_TEST_PICTURES}/tablet-${name}-${width}.png`, fullPage: true }); }
    }
    await tablet.page.setViewportSize({ width: 800, height: 1280 });
  }

  // Before anybody signed in the page names nobody, and says what to do.
  await tablet.open();
  await tablet.page.goto('/dtv/may', EVERY);
  await tablet.is('message');
  await look('sign-in-needed');
  await tablet.page.goto('/dang-nhap?ve=/dtv/may');
  await tablet.page.fill('[name=login]', login);
  await tablet.page.fill('[name=password]', password);
  await Promise.all([tablet.page.waitForURL('**/dtv/may'), tablet.page.press('[name=password]', 'Enter')]);
  await tablet.is('first');
  await look('first');
  await tablet.page.fill('#pin', '12345');
  await tablet.submit();
  await tablet.page.locator('.govuk-error-summary').waitFor();
  await look('first-refused');
  await tablet.page.fill('#pin', PIN);
  await tablet.page.fill('#pin-again', PIN);
  await tablet.submit();
  await tablet.is('today');
  await look('today');
  for (const name of names) { suite.must((await tablet.page.textContent('main')).includes(name), `${name} is to be visited`); }
  await tablet.page.evaluate(() => navigator.serviceWorker.ready);
  const cached = await tablet.page.evaluate(async () => (await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))).flat().map(({ url }) => new URL(url).pathname));
  suite.must(cached.includes('/dtv/may') && cached.every((path) => path.startsWith('/assets/') || ['/dtv/may', '/dtv/may.webmanifest'].includes(path)), `kept: ${cached}`);

  // From here on there is no network.
  wire.up = false;
  wire.close();
  await tablet.kill();
  await tablet.open();
  await tablet.page.goto('/dtv/may', EVERY);
  await tablet.is('pin');
  await look('pin');
  const before = await tablet.page.content();
  suite.must(!names.some((name) => before.includes(name)), 'nobody is named before the PIN');
  await tablet.page.fill('#pin', '000000');
  await tablet.submit();
  await tablet.page.locator('.govuk-error-summary').waitFor();
  suite.must((await tablet.page.textContent('main')).includes('Còn 9 lần thử'), 'tries are counted');
  await look('pin-wrong');
  await tablet.unlock();

  // One thing a person does; `record` notes what was chosen.
  async function turn() {
    const { page } = tablet;
    const where = await tablet.where();
    if (where !== 'today') { await look(where); }
    switch (where) {
      case 'today':
        if (await page.locator('[data-act="resume"]').count()) { return () => tablet.press('resume'); }
        return () => tablet.press('interview');
      case 'code':
        await page.fill('#code', code.replace(/(.{4})(?=.)/g, '$1 '));
        return () => tablet.submit();
      case 'consent': return () => tablet.press('agree');
      case 'handover': return () => tablet.press('handed');
      case 'handback': return () => tablet.press('handed-back');
      case 'finish': return () => tablet.press('finish');
      case 'question': {
        const asked = await page.evaluate(() => [...new Set([...document.querySelectorAll('[data-form="question"] [name]:not(button)')].map(({ name }) => name))]);
        for (const name of asked) {
          const choices = page.locator(`input[type=radio][name="${name}"], input[type=checkbox][name="${name}"]`);
          const many = await choices.count();
          if (many) {
            const choice = choices.nth(below(many));
            if (await choice.getAttribute('type') === 'checkbox') { for (let at = 0; at < many; at += 1) { await choices.nth(at).uncheck(); } }
            await choice.check();
            answered[code][name] = [await choice.getAttribute('value')];
          } else if (!name.endsWith('_text')) {
            await page.fill(`[name="${name}"]`, `Ngõ nhỏ ${below(1000)} bí mật`);
          }
          if (below(12) === 0) { return null; }
        }
        return async () => {
          await tablet.submit();
          // Words beside a choice may be left out on purpose.
          if (await tablet.where() === 'question' && await page.locator('[data-slot="skip"]:visible').count()) { await look('question-refused'); await page.locator('[data-slot="skip"]').click(); }
        };
      }
      default: throw new Error(`the screen ${where} in the middle of an interview: ${await page.textContent('main')}`);
    }
  }

  // Interviews, visits in between, and a device that dies: while a page is filled in, or while something is pressed.
  const items = () => tablet.page.evaluate(() => new Promise((done) => {
    const asking = indexedDB.open('dtv');
    asking.onsuccess = () => { const all = asking.result.transaction('outbox').objectStore('outbox').getAll(); all.onsuccess = () => { asking.result.close(); done(all.result.map(({ id, kind, state }) => ({ id, kind, state }))); }; };
  }));
  let made = 0;
  for (code of codes) {
    answered[code] = {};
    const finished = async () => (await items()).filter(({ kind }) => kind === 'interview').length > made;
    for (let turns = 0; ; turns += 1) {
      suite.must(turns < 200, 'an interview comes to an end');
      const doing = await turn();
      const dies = doing === null || below(9) === 0;
      if (dies) {
        const under = doing?.().catch(() => 'killed in the middle');
        await new Promise((resolve) => { setTimeout(resolve, below(60)); });
        await tablet.kill();
        await under;
        await tablet.reopen();
      } else {
        await doing();
        await tablet.where();
      }
      if (await finished()) { break; }
    }
    made += 1;
    if (await tablet.where() !== 'today') { await tablet.press('today'); }
    await tablet.is('today');
    const visit = visits[made - 1];
    if (visit) {
      await tablet.page.locator(`[data-act="case"][data-id="${visit}"]`).click();
      await tablet.is('visit');
      if (!looked.has('visit')) { await tablet.submit(); await tablet.page.locator('.govuk-error-summary').waitFor(); await look('visit-refused'); }
      await look('visit');
      await tablet.page.locator('[name="ket-qua"][value="nobody-home"]').check();
      await tablet.page.fill('[name="ngay"]', '05/10/2026');
      await tablet.page.fill('[name="ghi-chu"]', 'Cổng xanh, gọi hai tiếng');
      const count = (await items()).length;
      const under = tablet.submit().catch(() => 'killed in the middle');
      if (below(3) === 0) {
        await new Promise((resolve) => { setTimeout(resolve, below(60)); });
        await tablet.kill();
        await under;
        await tablet.reopen();
        if ((await items()).length === count) {
          await tablet.page.locator(`[data-act="case"][data-id="${visit}"]`).click();
          await tablet.is('visit');
          await tablet.page.locator('[name="ket-qua"][value="nobody-home"]').check();
          await tablet.page.fill('[name="ngay"]', '05/10/2026');
          await tablet.submit();
        }
      }
      await under;
      await tablet.is('today');
    }
  }

  // Undone and finished again, still without a network.
  await tablet.press('sync-page');
  await tablet.is('sync');
  await look('sync');
  await tablet.page.locator('[data-act="undo"]:visible').first().click();
  await tablet.is('code');
  code = (await tablet.page.inputValue('#code')).replaceAll(' ', '');
  await tablet.submit();
  while (await tablet.where() !== 'sync') { await (await turn() ?? (() => tablet.submit()))(); }

  // Signing out with work that was not sent is refused with the count.
  const count = codes.length + visits.length;
  await tablet.press('sign-out');
  await tablet.page.waitForFunction((count) => document.querySelector('[data-told]').textContent.includes(`còn ${count} việc`), count);

  // What the device holds names nobody and tells no answer, in its database and on its disk.
  const secrets = [...names, ...codes, 'bí mật', 'Cổng xanh'];
  const raw = await tablet.page.evaluate(() => new Promise((done) => {
    const asking = indexedDB.open('dtv');
    asking.onsuccess = async () => {
      const all = await Promise.all(['meta', 'drafts', 'outbox'].map((name) => new Promise((got) => { const reading = asking.result.transaction(name).objectStore(name).getAll(); reading.onsuccess = () => got(reading.result); })));
      asking.result.close();
      const latin = (data) => [...new Uint8Array(data)].map((byte) => String.fromCharCode(byte)).join('');
      done(JSON.stringify(all, (_, value) => (value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? latin(value.buffer ?? value) : value)) + JSON.stringify({ ...localStorage, ...sessionStorage }));
    };
  }));
  await tablet.kill();
  const disk = tablet.stored();
  suite.must(disk.length > 10_000, 'the disk was read');
  for (const secret of secrets) {
    const hidden = !raw.includes(secret) && !raw.includes(Buffer.from(secret).toString('latin1')) && !disk.includes(Buffer.from(secret)) && !disk.includes(Buffer.from(secret, 'utf16le'));
    suite.must(hidden, `the device holds ${secret} in clear`);
  }
  await tablet.reopen();

  // The network comes back; the session is over, and the page says so and keeps everything.
  wire.up = true;
  await tablet.press('sync-page');
  await tablet.is('sync');
  await tablet.press('sync');
  await tablet.page.locator('[data-slot="sign-in-link"]:visible').waitFor();
  suite.must((await tablet.page.textContent('main')).includes(`${count} việc chưa gửi vẫn còn trên máy này`), 'nothing is lost with the session');
  await look('sync-sign-in');

  // Five minutes without a touch, and nobody is named any more; days without a network are told, then in the way.
  wire.up = false;
  await tablet.press('today');
  await tablet.is('today');
  await tablet.context.clock.fastForward('06:00');
  await tablet.is('pin');
  const locked = await tablet.page.content();
  suite.must(!names.some((name) => locked.includes(name)), 'a locked page names nobody');
  await tablet.unlock();
  const ago = (hours) => tablet.page.evaluate((hours) => new Promise((done) => {
    const asking = indexedDB.open('dtv');
    asking.onsuccess = () => { const changing = asking.result.transaction('meta', 'readwrite'); changing.objectStore('meta').put(Date.now() - hours * 3_600_000, 'synced'); changing.oncomplete = () => { asking.result.close(); done(); }; };
  }), hours);
  await ago(25);
  await tablet.press('today');
  await tablet.page.locator('[data-slot="synced"].govuk-tag--yellow').waitFor();
  await ago(73);
  await tablet.press('today');
  await tablet.page.locator('[data-slot="stale"]:visible').waitFor();
  await look('today-stale');
  suite.must(!await tablet.page.locator('[data-act="interview"]').isVisible(), 'no new interview before synchronising');

  // Ten wrong PINs: people and unfinished work are gone, what is finished stays and needs no PIN to be sent.
  await tablet.press('lock');
  await tablet.is('pin');
  for (let tries = 1; tries <= 10; tries += 1) {
    await tablet.page.fill('#pin', '000001');
    await tablet.submit();
    await tablet.page.waitForFunction((said) => document.querySelector('main').textContent.includes(said), tries < 10 ? `Còn ${10 - tries} lần thử` : 'Đã sai 10 lần');
  }
  suite.must((await tablet.page.textContent('main')).includes(`Còn ${count} việc đã hoàn tất`), 'what is finished stays');
  await look('erased');
  wire.up = true;

  // It loses the server's answers, and the device dies in the middle of sending and sends again.
  async function signIn() {
    await tablet.page.goto('/dang-nhap?ve=/dtv/may');
    await tablet.page.fill('[name=login]', login);
    await tablet.page.fill('[name=password]', password);
    await Promise.all([tablet.page.waitForURL('**/dtv/may'), tablet.page.press('[name=password]', 'Enter')]);
    if (await tablet.where() === 'first') {
      await tablet.page.fill('#pin', PIN);
      await tablet.page.fill('#pin-again', PIN);
      await tablet.submit();
      await tablet.is('today');
    } else {
      await tablet.unlock();
    }
    await tablet.press('sync-page');
    await tablet.is('sync');
  }
  wire.swallow = 0;
  for (let tries = 0; tries < 3; tries += 1) {
    await signIn();
    wire.swallow = 1;
    const pressed = tablet.press('sync').catch(() => 'killed in the middle');
    await new Promise((resolve) => { setTimeout(resolve, 100 + below(400)); });
    await tablet.kill();
    await pressed;
    wire.swallow = 0;
    await tablet.reopen();
  }
  await signIn();
  wire.swallow = 2;
  for (let tries = 0; tries < 20 && await tablet.page.textContent('[data-unsent]') !== '0'; tries += 1) {
    await tablet.is('sync');
    await tablet.press('sync');
    await tablet.where();
  }
  suite.must(await tablet.page.textContent('[data-unsent]') === '0', `everything was sent: ${await tablet.page.textContent('main')}`);
  await look('sync-received');
  const lines = await tablet.page.locator('[data-list="items"] li').allTextContents();
  suite.must(lines.length === count, `${count} pieces of work, ${lines.length} lines`);
  const receipts = lines.map((line) => line.match(/Số biên nhận ([\d ]+)/)?.[1].trim()).filter(Boolean);
  const drafts = await tablet.page.evaluate(() => new Promise((done) => {
    const asking = indexedDB.open('dtv');
    asking.onsuccess = () => { const all = asking.result.transaction('drafts').objectStore('drafts').count(); all.onsuccess = () => done(all.result); };
  }));
  suite.must(drafts === 0, 'nothing of a received interview stays on the device');
  await tablet.context.close();
  rmSync(tablet.profile, { recursive: true, force: true });
  console.log(JSON.stringify({ answered, receipts, kills: tablet.kills }));
  wire.close();
});
