// Every page a citizen can meet, in each of its states: no rule of axe broken and nothing out of its place, on a phone and on a screen.
import { PHONE, SCREEN, run } from './suite.mjs';
import { ONWARD, SKIP, agree, answer, enter, fill, follow, isRefused, mustAsk, send } from './citizen.mjs';
import { accessibility, layoutFaults, reflowFaults } from './faults.mjs';
import { mkdirSync } from 'node:fs';

await run(async (task, suite) => {
  const { language, codes, forms } = task;
  let looks = 0;

  async function look(page, name) {
    looks += 1;
    const faults = [];
    for (const viewport of [SCREEN, PHONE]) {
      await page.setViewportSize(viewport);
      const found = [...await layoutFaults(page), ...await accessibility(page)];
      faults.push(...found.map((fault) => `at ${viewport.width} px: ${fault}`));
      if (task.pictures) {
        mkdirSync(task.pictures, { recursive: true });
        await page.screenshot({ path: `${task.pictures}/${name.replaceAll(' ', '-')}-${language}-${viewport.width}.png`, fullPage: true });
      }
    }
    faults.push(...await reflowFaults(page));
    const spoken = await page.getAttribute('html', 'lang');
    if (spoken !== language) { faults.push(`the page is in ${spoken}`); }
    new Set(faults).forEach((fault) => suite.fault(`${name} (${language}): ${fault}`));
  }

  async function someone(options = {}) {
    const page = await suite.person(options);
    await page.context().addCookies([{ name: 'ngon-ngu', value: language, url: options.baseURL ?? task.address }]);
    return page;
  }

  // Nobody's pages.
  let page = await someone();
  for (const [name, path] of [['code', '/ma'], ['help', '/tro-giup'], ['privacy', '/quyen-rieng-tu'], ['genuine', '/thu-that'], ['accessibility', '/tro-nang'], ['left', '/thoat'],
    ['code to withdraw', '/rut-lai'], ['no such page', '/khong-co']]) {
    await page.goto(path);
    await look(page, name);
  }
  await page.goto('/ma');
  const type = async (code) => { await page.fill('#code', code); await follow(page, 'main form button'); };
  await type('4821 7730');
  await look(page, 'code too short');
  for (const code of codes.unknown) { await type(code); }
  await look(page, 'too many codes');
  await page.context().close();

  // The form of the year, from the letter to the withdrawal.
  page = await someone();
  await enter(page, codes.fresh);
  await look(page, 'start');
  await page.locator('details').evaluate((details) => { details.open = true; });
  await look(page, 'start with the whole notice');
  await agree(page);
  await answer(page, forms[0].walk, {
    before: async (step) => {
      await look(page, `question ${step.page}`);
      if (step === forms[0].walk[0]) { await refused(page, `refused ${step.page}`); }
      if (step === forms[0].walk[1]) {
        await page.goto('/tam-dung');
        await look(page, 'pause');
        await page.goto('/khao-sat');
        await look(page, 'start again');
        await page.goto(`/khao-sat/${step.page}`);
      }
      if (step.page === task.sensitive) { await refused(page, 'refused sensitive page'); }
    },
  });
  await look(page, 'check');
  await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
  await look(page, 'check opened');
  await send(page);
  await look(page, 'receipt');
  await page.goto('/rut-lai');
  await look(page, 'withdrawal');
  await follow(page, 'form[action="/rut-lai"] button');
  await look(page, 'withdrawn');
  await page.goto('/rut-lai');
  await look(page, 'nothing to withdraw');
  await page.context().close();

  async function refused(page, name) {
    suite.must(await isRefused(page) && await page.locator(SKIP).isVisible(), `${name}: what is open is named and may be skipped`);
    await look(page, name);
  }

  // Everything skipped: the check folds a long list.
  page = await someone();
  await enter(page, codes.skipping);
  await agree(page);
  for (const step of forms[0].walk) {
    await page.goto(`/khao-sat/${step.page}`);
    if (await isRefused(page)) { await follow(page, SKIP); }
  }
  await look(page, 'check of what was skipped');
  await page.context().close();

  page = await someone();
  await enter(page, codes.refusing);
  await page.goto('/khao-sat/tu-choi');
  await look(page, 'refusal');
  await follow(page, 'form[action="/khao-sat/tu-choi"] button');
  await look(page, 'refused to take part');
  await page.context().close();

  for (const [name, code, path] of [['used', codes.used, '/khao-sat'], ['too late to withdraw', codes.used, '/rut-lai']]) {
    page = await someone();
    await enter(page, code);
    if (path !== '/khao-sat') { await page.goto(path); }
    await look(page, name);
    await page.context().close();
  }
  for (const [name, { address, code }] of Object.entries(task.elsewhere)) {
    page = await someone({ baseURL: address });
    await page.goto(`/v/${code}`);
    suite.must(await page.locator('main form').count() === 0, `${name}: nothing can be filled in`);
    await look(page, name);
    await page.context().close();
  }
  page = await someone();
  await page.context().addCookies([{ name: 'phien', value: task.expired, url: task.address }]);
  await page.goto('/khao-sat');
  await look(page, 'after an hour');
  await page.context().close();

  // Every other kind of question.
  for (const { name, code, walk } of forms.slice(1)) {
    page = await someone();
    await enter(page, code);
    await agree(page);
    for (const step of walk) {
      await mustAsk(page, step);
      await look(page, `${name} ${step.page}`);
      if (step.asked.length) {
        if (await isRefused(page)) { await look(page, `${name} ${step.page} refused`); } else { await page.goto(`/khao-sat/${step.page}`); }
      }
      await fill(page, step);
      await follow(page, ONWARD);
    }
    await look(page, `${name} check`);
    await page.context().close();
  }
  console.log(`${looks} pages`);
});
