// node walk.mjs <base address> <folder for pictures> <code> <password>
// Walks a running demo as its users would: a citizen with the keyboard alone and without script, from the letter to the receipt, then
// everybody of the office. Takes the pictures of the README at a phone's and a screen's size; ends with 1 at the first surprise.
import { mkdirSync } from 'node:fs';
import { accessibility, keyboardFaults, layoutFaults } from './faults.mjs';
import { launch } from './suite.mjs';

const [base, pictures, code, password] = process.argv.slice(2);
if (!password) {
  console.error('usage: walk.mjs <base address> <folder for pictures> <code> <password>');
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

const reader = await someone({ javaScriptEnabled: false });
const open_to_all = {
  'public-home': '/', 'public-trend': '/xu-huong', 'public-map': '/ban-do', 'public-provinces': '/tinh', 'public-province': '/tinh/da-nang',
  'public-compare': '/so-sanh?tinh=da-nang&tinh=ha-noi&tinh=hue', 'public-data': '/du-lieu', 'public-method': '/phuong-phap',
  'public-sdg': '/sdg-16-6-2',
  'public-search': '/tim?q=bac', 'public-feedback': '/gop-y',
};
for (const [name, path] of Object.entries(open_to_all)) {
  for (const [prefix, suffix] of [['', ''], ['/en', '-en']]) {
    const response = await reader.goto(base + prefix + path.replace(/^\/$/, prefix ? '' : '/'));
    must(response.status() === 200, `${prefix}${path} says ${response.status()}`);
    await look(reader, name + suffix);
  }
}
await reader.goto(base);
await reader.fill('[name=q]', 'bac giang');
await Promise.all([reader.waitForNavigation(), reader.press('[name=q]', 'Enter')]);
must(place(reader) === '/tinh/bac-ninh', 'an earlier province leads to the one of today');

const closed = '/qt/dot/sipas-2026';
const open = '/qt/dot/dien-tap-2026';
// A name with two parts is a link found on the page before it: the picture's name, then how the link begins or ends.
const desks = {
  'dieu.phoi': {
    work: '/qt', campaigns: '/qt/dot', campaign: closed, frame: `${closed}/khung-mau`, samples: `${closed}/mau`, 'sample link': 'a[href*="/mau/0"]',
    'design form': `${closed}/mau/thiet-ke`, invitations: `${open}/thu-moi`, print: `${open}/thu-moi/in`, words: `${open}/thu-moi/loi`,
    rules: `${open}/thu-moi/tin`, find: `${open}/thu-moi/tim`, payment: `${open}/thu-moi/ky-nhan`, progress: `${closed}/tien-do`,
    'progress-province': `${closed}/tien-do/01`, 'progress-commune link': 'main a[href*="/tien-do/01/"]', assignments: `${open}/phan-cong?tinh=01`,
    cases: `${open}/ho-so?tinh=01`, 'case link': 'main a[href*="/ho-so/"]', replacements: `${open}/thay-the`, opening: `${open}/mo`, closing: `${open}/dong`,
    'new-campaign': '/qt/dot?tu=sipas-2026', places: '/qt/noi?tim=dong+nai', place: '/qt/noi/75', people: '/qt/nguoi', audit: '/qt/nhat-ky',
    forms: '/qt/phieu', jobs: '/qt/viec', quality: `${closed}/chat-luong`, 'check-back': `${open}/phuc-tra`, paper: '/qt/phieu-giay',
  },
  'phan.tich': {
    'results-list': '/pt', results: '/pt/ket-qua/sipas-2026', 'results-place': '/pt/ket-qua/sipas-2026/01', 'results-questions': '/pt/ket-qua/sipas-2026/cau-hoi',
    runs: '/pt/ket-qua/sipas-2026/lan-tinh', 'run link': 'main a[href*="/lan-tinh/0"]', weights: '/pt/ket-qua/sipas-2026/trong-so', 'ask-for-file': '/pt/ket-qua/sipas-2026/xuat', files: '/pt/tep',
    crosstab: '/pt/ket-qua/sipas-2026/bang-cheo', explain: '/pt/ket-qua/sipas-2026/giai-thich?noi=48&chi-so=overall&quy-tac=M',
    'results-compare': '/pt/ket-qua/sipas-2026/doi-chieu?noi=01&noi=48', editions: '/pt/cong-bo', 'survey-editions': '/pt/cong-bo/sipas-2026',
    edition: '/pt/cong-bo/sipas-2026/1', reports: '/pt/cong-bo/sipas-2026/1/bao-cao', messages: '/pt/gop-y', machines: '/pt/may',
  },
  'giam.sat': { watched: '/qt/tien-do', 'watched-progress': `${open}/tien-do/01` },
  'kiem.phieu': { reviewer: '/qt/tien-do', 'own-quality': `${closed}/chat-luong`, keying: '/qt/phieu-giay', 'own-check-back': `${open}/phuc-tra` },
  'dieu.tra': { today: '/dtv', 'visit link': 'main a[href*="/dtv/ho-so/"]', tablet: '/dtv/may' },
};
for (const [login, pages] of Object.entries(desks)) {
  // The tablet's page is its script.
  const staff = await someone({ javaScriptEnabled: login === 'dieu.tra' });
  await staff.goto(`${base}/dang-nhap`);
  if (login === 'dieu.phoi') { await look(staff, 'sign-in'); }
  await staff.fill('[name=login]', login);
  await staff.fill('[name=password]', password);
  await Promise.all([staff.waitForNavigation(), staff.press('[name=password]', 'Enter')]);
  for (const [name, where] of Object.entries(pages)) {
    const path = where.startsWith('/') ? where : await staff.locator(where).first().getAttribute('href');
    const response = await staff.goto(base + path);
    must(response.status() === 200, `${path} says ${response.status()}`);
    await look(staff, name.replace(' link', '').replace(' ', '-'));
  }
  if (login === 'dieu.phoi') { await tryQuestionnaire(staff); }
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

// The picture is of the page without script; the faults are looked for beside it, in both languages, by a script that needs one.
async function look(page, name) {
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    const file = `${pictures}/${size}-${name}.png`;
    await page.screenshot({ path: file, fullPage: name === 'results' });
    const found = [];
    for (const language of ['vi', 'en']) {
      const context = await browser.newContext({ viewport, locale: 'vi-VN', storageState: await page.context().storageState() });
      await context.addCookies([{ name: 'ngon-ngu', value: language, url: base }]);
      const beside = await context.newPage();
      await beside.goto(page.url());
      await beside.waitForSelector('h1');
      const faults = [...await layoutFaults(beside), ...await accessibility(beside), ...await keyboardFaults(beside)];
      found.push(...faults.map((fault) => `${language}: ${fault}`));
      await context.close();
    }
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
