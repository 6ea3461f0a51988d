// node walk.mjs <base address> <folder for pictures> <code> <coordinator> <analyst> <password>
// Walks a running demo as its users would: a citizen with the keyboard alone and without script, from the letter to the receipt, then
// coordinator and analyst. Takes the pictures of the README at a phone's and a screen's size; ends with 1 at the first surprise.
import { mkdirSync } from 'node:fs';
import { accessibility, layoutFaults } from './faults.mjs';
import { launch } from './suite.mjs';

const [base, pictures, code, coordinator, analyst, password] = process.argv.slice(2);
if (!password) {
  console.error('usage: walk.mjs <base address> <folder for pictures> <code> <coordinator> <analyst> <password>');
  process.exit(2);
}
const sizes = { phone: { width: 360, height: 640 }, screen: { width: 1280, height: 800 } };
const MOST_TABS = 400;

mkdirSync(pictures, { recursive: true });
const browser = await launch();
let faults = 0;

const citizen = await someone({ javaScriptEnabled: false });
await citizen.goto(`${base}/v/${code}`);
await look(citizen, 'start');
await pressButton(citizen, '/khao-sat/dong-y');
for (let pages = 1; place(citizen) !== '/khao-sat/kiem-tra'; pages += 1) {
  if (pages === 1 || pages === 11) { await look(citizen, pages === 1 ? 'first-question' : 'question'); }
  const before = place(citizen);
  await answerByKeyboard(citizen);
  must(place(citizen) !== before && pages < 60, `the page ${before} was not taken`);
}
await look(citizen, 'check');
await pressButton(citizen, '/khao-sat/gui');
must(place(citizen) === '/khao-sat/xong', 'no receipt');
await look(citizen, 'receipt');
await citizen.goBack();
must(!(await citizen.textContent('body')).includes('500'), 'the back button after sending');

for (const [login, pages] of [
  [coordinator, { campaigns: '/qt', campaign: '/qt/dot/sipas-2026', progress: '/qt/dot/sipas-2026/tien-do', forms: '/qt/phieu', jobs: '/qt/viec' }],
  [analyst, { 'results-list': '/pt', results: '/pt/ket-qua/sipas-2026', files: '/pt/tep' }],
]) {
  const staff = await someone({ javaScriptEnabled: false });
  await staff.goto(`${base}/dang-nhap`);
  if (login === coordinator) { await look(staff, 'sign-in'); }
  await staff.fill('[name=login]', login);
  await staff.fill('[name=password]', password);
  await staff.press('[name=password]', 'Enter');
  for (const [name, path] of Object.entries(pages)) {
    const response = await staff.goto(base + path);
    must(response.status() === 200, `${path} says ${response.status()}`);
    await look(staff, name);
  }
  if (login === coordinator) { await tryQuestionnaire(staff); }
}
await browser.close();
process.exit(faults ? 1 : 0);

// A questionnaire chosen, its page, and the trial: the phone on the desk answers like a citizen's.
async function tryQuestionnaire(staff) {
  await staff.goto(`${base}/qt/phieu`);
  await Promise.all([staff.waitForNavigation(), staff.locator('form[action="/qt/phieu/co-san"] button').first().click()]);
  must(place(staff).startsWith('/qt/phieu/'), 'a chosen questionnaire is a version');
  await look(staff, 'form');
  await staff.goto(`${base}${await staff.locator('a[href$="/xem/vi"]').getAttribute('href')}`);
  await look(staff, 'form-trial');
  const phone = staff.frames().find((frame) => frame.url().includes('/thu/vi'));
  await phone.waitForSelector('h1');
  const before = await phone.textContent('h1');
  await phone.locator('button.govuk-button').first().click();
  await phone.waitForSelector('.govuk-error-summary');
  must((await phone.textContent('h1')) === before, 'the trial names what is open before it goes on');
}

async function someone(options) {
  const context = await browser.newContext({ viewport: sizes.phone, locale: 'vi-VN', ...options });
  return context.newPage();
}

function place(page) { return new URL(page.url()).pathname; }

function must(holds, what) {
  if (holds) { return; }
  console.error(what);
  process.exit(1);
}

// The picture is of the page without script; the faults are looked for beside it, by a script that needs one.
async function look(page, name) {
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    const file = `${pictures}/${size}-${name}.png`;
    await page.screenshot({ path: file, fullPage: name === 'results' });
    const context = await browser.newContext({ viewport, locale: 'vi-VN', storageState: await page.context().storageState() });
    const beside = await context.newPage();
    await beside.goto(page.url());
    const found = [...await layoutFaults(beside), ...await accessibility(beside)];
    await context.close();
    faults += found.length;
    console.log(`${place(page)} ${size}: ${found.length} faults → ${file}`);
    found.forEach((fault) => console.log(`  ${fault}`));
  }
  await page.setViewportSize(sizes.phone);
}

// Tab until the focus is on the button of the form that leads to `action`, then Enter.
async function pressButton(page, action) {
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((action) => document.activeElement?.tagName === 'BUTTON' && document.activeElement.form?.getAttribute('action') === action, action)) {
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
      return;
    }
  }
  must(false, `the keyboard does not reach ${action}`);
}

// Chooses the first choice of each question with the space bar and sends the page with Enter.
async function answerByKeyboard(page) {
  const answered = new Set();
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const it = document.activeElement;
      return { tag: it?.tagName, type: it?.type, name: it?.name, main: it?.closest('main') !== null };
    });
    if (['radio', 'checkbox'].includes(focus.type) && !answered.has(focus.name)) {
      answered.add(focus.name);
      await page.keyboard.press('Space');
    } else if (focus.tag === 'BUTTON' && focus.type === 'submit' && focus.main && !focus.name) {
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
      return;
    }
  }
  must(false, 'the keyboard does not reach the button of the page');
}
