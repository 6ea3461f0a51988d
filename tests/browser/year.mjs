// node year.mjs <base address> <folder for pictures> <password>
// A new coordinator's year on a running demo, by the keyboard, without script, on a phone: from an Excel list of villages to a visited
// household. Ends with 1 at the first surprise. The pictures are for looking at.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { accessibility, layoutFaults } from './faults.mjs';
import { PHONE, SCREEN, launch } from './suite.mjs';

const [base, pictures, password] = process.argv.slice(2);
if (!password) {
  console.error('usage: year.mjs <base address> <folder for pictures> <password>');
  process.exit(2);
}
mkdirSync(pictures, { recursive: true });
const browser = await launch();
const slug = `nam-${Date.now() % 1_000_000}`;
const survey = `/qt/dot/${slug}`;
const HEADINGS = ['Mã tỉnh', 'Mã xã', 'Tên xã', 'Khu vực', 'Mã thôn', 'Tên thôn', 'Số người từ đủ 18 tuổi'];
const visitor = `dieu.tra.${Date.now() % 1_000_000}`;
let faults = 0;

const coordinator = await someone('dieu.phoi', password);
const second = await someone('nguoi.thu.hai', password);
const interviewer = await hired(coordinator, 'Điều tra viên mới', visitor, 'interviewer', '01');

await open(coordinator, '/qt/dot', 'new');
await type(coordinator, { 'name-vi': 'Một năm thử', 'name-en': 'A trial year', slug, opens: day(0), closes: day(30), results: day(60), hotline: '1900 1234' });
await choose(coordinator, 'form');
await press(coordinator, 'form[action="/qt/dot"] button:not([name])');
must(place(coordinator) === survey, `the new survey is at ${place(coordinator)}`);

// Villages with their adults, as a spreadsheet; what is wrong with it is told, then mended.
const villages = nation();
await send(coordinator, workbook('sai.xlsx', [HEADINGS, ...villages.map((it) => it.cells), ['01', 'X', 'Xã X', 'nông', 'X1', 'Thôn X', 'hai']]));
await open(coordinator, `${survey}/khung-mau`, 'list-wrong');
await says(coordinator, 'Không phải số người');
await send(coordinator, workbook('thon.xlsx', [HEADINGS, ...villages.map((it) => it.cells)]));
await take(coordinator, 'list');
await says(coordinator, 'một thôn, tổ dân phố');
await press(coordinator, 'form[action$="/chot"] button');

await open(coordinator, `${survey}/mau/thiet-ke`, 'design');
await type(coordinator, { name: 'mẫu thử', communes: '4', villages: '2', persons: '3', reserves: '1' });
await press(coordinator, 'main form[method=post] button');
const design = place(coordinator);
await look(coordinator, 'preview');
const places = await drawn('kỳ một', 'places');
await says(coordinator, 'dừng ở địa bàn');
const list = await (await coordinator.request.get(`${base}${places}/danh-sach.csv`)).text();
const chosen = new Set(list.split('\n').filter((line) => line.startsWith('village,')).map((line) => line.split(',')[3]));
await send(coordinator, people(villages.filter((it) => chosen.has(it.village))));
await take(coordinator, 'people');
await press(coordinator, 'form[action$="/chot"] button');
const sample = await drawn('kỳ hai', 'sample');
await says(coordinator, 'rút tiếp người trong các địa bàn đã rút');
await press(coordinator, 'form[action$="/kiem-tra"] button');
await says(coordinator, 'Rút lại cho đúng danh sách này');

await open(coordinator, `${survey}/cap-ma`, 'codes');
await press(coordinator, 'main form[method=post] button');
await done(coordinator);
await open(coordinator, `${survey}/mo`, 'opening');
await press(coordinator, 'form[action$="/mo"] button');
await open(second, `${survey}/mo`, 'opening-second');
await press(second, 'form[action$="/mo"] button');
await open(coordinator, `${survey}/phan-cong?tinh=01`, 'assignments');
await choose(coordinator, 'xa');
await chooseBy(coordinator, `label:has-text("${visitor}") input`);
await press(coordinator, 'form[action*="/phan-cong"] button');
await open(coordinator, `${survey}/tien-do/01`, 'progress');
await open(interviewer, '/dtv', 'day');
await follow(interviewer, 'main a[href*="/dtv/ho-so/"]', 'case');
await choose(interviewer, 'ket-qua', 'nobody-home');
await press(interviewer, 'form[action*="/dtv/ho-so/"] button');
await open(coordinator, `${survey}/ho-so?tinh=01`, 'cases');
await open(coordinator, `${survey}/chat-luong`, 'quality');
await open(coordinator, `${survey}/phuc-tra?tinh=01`, 'check-back');
await browser.close();
console.log(faults ? `${faults} faults` : 'a year without a fault');
process.exit(faults ? 1 : 0);

// The design is committed to, the seed entered, and confirmed by the second person.
async function drawn(seed, name) {
  await open(coordinator, design, `${name}-design`);
  await type(coordinator, { source: `Xổ số, ${seed}` });
  await press(coordinator, 'form[action$="/cam-ket"] button');
  const draw = place(coordinator);
  await type(coordinator, { seed });
  await press(coordinator, 'form[action$="/hat-giong"] button');
  await says(coordinator, 'Một người khác phải xác nhận');
  await open(second, draw, `${name}-confirm`);
  await press(second, 'form[action$="/xac-nhan"] button');
  await done(second);
  await open(coordinator, draw, name);
  return draw;
}

async function someone(login, secret) {
  const context = await browser.newContext({ baseURL: base, viewport: PHONE, locale: 'vi-VN', javaScriptEnabled: false });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  await page.goto(`${base}/dang-nhap`);
  await type(page, { login, password: secret });
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  must(place(page) !== '/dang-nhap', `${login} cannot sign in`);
  return page;
}

async function hired(by, name, login, role, where) {
  await open(by, '/qt/nguoi', 'people');
  await type(by, { 'ho-ten': name, 'dang-nhap': login });
  await choose(by, 'vai-tro', role);
  await by.locator('[name=noi]').selectOption(where);
  await press(by, 'form[action="/qt/nguoi"] button');
  return someone(login, (await by.locator('[role=status] code').textContent()).trim());
}

async function send(page, path) {
  await open(page, `${survey}/khung-mau`, 'send');
  await page.locator('[name=file]').setInputFiles(path);
  await press(page, 'form[enctype] button');
  await done(page);
}

async function take(page, name) {
  await open(page, `${survey}/khung-mau`, name);
  await press(page, 'form[action$="/nhap"] button');
  await done(page);
  await open(page, `${survey}/khung-mau`, `${name}-taken`);
}

// A job's page, until it says so.
async function done(page) {
  for (let tries = 0; tries < 240; tries += 1) {
    const text = await page.textContent('main');
    must(!text.includes('Không làm được'), `${place(page)}: ${text.trim().slice(0, 300)}`);
    if (text.includes('Đã xong')) { return; }
    await new Promise((resume) => setTimeout(resume, 500));
    await page.goto(page.url());
  }
  must(false, `${place(page)} does not end`);
}

async function type(page, values) {
  for (const [name, value] of Object.entries(values)) {
    await page.locator(`[name="${name}"]`).first().focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type(value);
  }
}

function choose(page, name, value) {
  return chooseBy(page, value ? `[name="${name}"][value="${value}"]` : `[name="${name}"]`);
}

async function chooseBy(page, where) {
  const choice = page.locator(where).first();
  if (await choice.evaluate((it) => it.checked)) { return; }
  await choice.focus();
  await page.keyboard.press('Space');
}

async function press(page, button) {
  await page.locator(button).first().focus();
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  must(!(await page.title()).startsWith('Lỗi'), `${place(page)}: ${(await page.textContent('main')).trim().slice(0, 400)}`);
}

async function follow(page, link, name) {
  await page.locator(link).first().focus();
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await look(page, name);
}

async function open(page, path, name) {
  const response = await page.goto(base + path);
  must(response.status() === 200, `${path} says ${response.status()}`);
  await look(page, name);
}

// The picture is of the page without script; the faults are looked for beside it, by a script that needs one.
async function look(page, name) {
  for (const [size, viewport] of Object.entries({ phone: PHONE, screen: SCREEN })) {
    await page.setViewportSize(viewport);
    await page.screenshot({ path: `${pictures}/${size}-${name}.png` });
    const context = await browser.newContext({ viewport, locale: 'vi-VN', storageState: await page.context().storageState() });
    const beside = await context.newPage();
    await beside.goto(page.url());
    for (const fault of [...(await accessibility(beside)), ...(await layoutFaults(beside))]) {
      console.log(`${place(page)} ${size}: ${fault}`);
      faults += 1;
    }
    await context.close();
  }
  await page.setViewportSize(PHONE);
}

async function says(page, words) {
  must((await page.textContent('body')).includes(words), `${place(page)} does not say “${words}”`);
}

// Two provinces with urban and rural communes of three villages each.
function nation() {
  const villages = [];
  for (const province of ['01', '04']) {
    for (let commune = 0; commune < 8; commune += 1) {
      for (let number = 0; number < 3; number += 1) {
        const codes = { province, commune: `${province}9${commune}`, village: `${province}9${commune}${number}`, area: commune % 2 ? 'nông thôn' : 'thành thị' };
        const adults = 20 + commune + number;
        const cells = [province, codes.commune, `Xã ${codes.commune}`, codes.area, codes.village, `Thôn ${number}`, String(adults)];
        villages.push({ ...codes, adults, cells });
      }
    }
  }
  return villages;
}

// Everybody of these villages, as a spreadsheet.
function people(villages) {
  const rows = [['Mã người', 'Mã tỉnh', 'Mã xã', 'Tên xã', 'Khu vực', 'Mã thôn', 'Tên thôn', 'Mã hộ', 'Họ và tên', 'Địa chỉ']];
  for (const { adults, cells } of villages) {
    for (let person = 0; person < adults; person += 1) {
      rows.push([`${cells[4]}${person}`, ...cells.slice(0, 6), `H${person}`, `Nguyễn Thị Thử ${person}`, `Số ${person} (mô phỏng)`]);
    }
  }
  return workbook('nguoi.xlsx', rows);
}

// A spreadsheet of texts, as small as one can be: its parts, packed by Python, which every machine with these tests has.
function workbook(name, rows) {
  const text = (value) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const cell = (value) => `<c t="inlineStr"><is><t>${text(value)}</t></is></c>`;
  const sheet = rows.map((row, at) => `<row r="${at + 1}">${row.map(cell).join('')}</row>`).join('');
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const relation = (id, what, target) => `<Relationship Id="${id}" Type="${office}/${what}" Target="${target}"/>`;
  const relations = (inside) => `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inside}</Relationships>`;
  const type = (part, what) => `<Override PartName="/${part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${what}+xml"/>`;
  const parts = {
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${type('xl/workbook.xml', 'sheet.main')}${type('xl/worksheets/sheet1.xml', 'worksheet')}</Types>`,
    '_rels/.rels': relations(relation('r1', 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(relation('r1', 'worksheet', 'worksheets/sheet1.xml')),
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`,
  };
  const path = `${pictures}/${name}`;
  const pack = 'import json,sys,zipfile\nwith zipfile.ZipFile(sys.argv[1],"w",zipfile.ZIP_DEFLATED) as z:\n [z.writestr(k,v) for k,v in json.load(sys.stdin).items()]';
  execFileSync('python3', ['-c', pack, path], { input: JSON.stringify(parts) });
  return path;
}

function place(page) { return new URL(page.url()).pathname; }

function must(holds, sentence) {
  if (!holds) { console.error(sentence); process.exit(1); }
}

function day(after) {
  const date = new Date(Date.now() + 7 * 3_600_000 + after * 86_400_000);
  return date.toISOString().slice(0, 10).split('-').reverse().join('/');
}
