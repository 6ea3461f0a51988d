// Paper, keyed: by the keyboard alone, with and without a script, and how the pages look on a phone and on a screen.
import { mkdirSync } from 'node:fs';
import { accessibility, layoutFaults, reflowFaults } from './faults.mjs';
import { PHONE, SCREEN, run } from './suite.mjs';

await run(async (task, suite) => {
  const first = await keyer('an', { viewport: SCREEN });
  await look(first, 'home');
  suite.must(await focused(first) === 'code', 'typing begins at the code');
  await first.keyboard.type(task.code);
  await sent(first, () => first.keyboard.press('Enter'));
  await look(first, 'sheet');
  await keyWithEnter(first);
  suite.must(await first.locator('[role=status]').innerText() === task.kept, 'the first keying is kept');
  suite.must(await focused(first) === 'code', 'the next form follows at once');

  // Without a script Enter sends nothing, and Tab leads through the form.
  const second = await keyer('binh', { viewport: PHONE, javaScriptEnabled: false });
  await second.fill('#code', task.code);
  await sent(second, () => second.keyboard.press('Enter'));
  const [slip, ...rest] = Object.keys(task.sheet).reverse();
  await second.locator(`[id="${rest[0]}"]`).press('Enter');
  await second.waitForTimeout(300);
  suite.must(await second.locator('form.keying').count() === 1 && await second.locator(`[id="${rest[0]}"]`).inputValue() === '', 'Enter sent the form');
  for (const unit of rest) { await second.fill(`[id="${unit}"]`, task.sheet[unit]); }
  await second.fill(`[id="${slip}"]`, 'x');
  await sent(second, () => second.click('form.keying button:not([disabled])'));
  await look(second, 'refused', false);
  await second.fill(`[id="${slip}"]`, '');
  await sent(second, () => second.click('form.keying button:not([disabled])'));
  suite.must((await second.locator('[role=status]').innerText()).includes('1'), 'they differ in one field');

  const third = await keyer('chi', { viewport: SCREEN });
  await third.keyboard.type(task.code);
  await sent(third, () => third.keyboard.press('Enter'));
  await look(third, 'settle');
  await third.locator('.question input[type=radio]').first().focus();
  await third.keyboard.press('Space');
  await sent(third, () => third.keyboard.press('Enter'));
  suite.must(await third.locator('[role=status]').count() === 1, 'the third has decided');

  async function keyer(login, options) {
    const page = await suite.person(options);
    await page.goto('/dang-nhap');
    await page.fill('[name=login]', login);
    await page.fill('[name=password]', task.password);
    await sent(page, () => page.keyboard.press('Enter'));
    await page.goto('/qt/phieu-giay');
    return page;
  }

  // A field, its number, Enter; whatever the form does not ask stays empty.
  async function keyWithEnter(page) {
    const fields = await page.locator('form.keying input[type=text], form.keying textarea').evaluateAll((all) => all.map(({ id }) => id));
    for (const unit of fields) {
      suite.must(await focused(page) === unit, `the focus is on ${await focused(page)}, not on ${unit}`);
      await page.keyboard.type(task.sheet[unit] ?? '');
      await page.keyboard.press(await page.locator(':focus').evaluate(({ tagName }) => tagName) === 'TEXTAREA' ? 'Tab' : 'Enter');
    }
    await sent(page, () => page.keyboard.press('Enter'));
  }

  function focused(page) { return page.evaluate(() => document.activeElement.id); }

  async function sent(page, act) { await Promise.all([page.waitForNavigation(), act()]); }

  async function look(page, name, scripts = true) {
    for (const viewport of [SCREEN, PHONE]) {
      await page.setViewportSize(viewport);
      if (task.pictures) {
        mkdirSync(task.pictures, { recursive: true });
        await page.screenshot({ path: `${task.pictures}/keying-${name}-${viewport.width}.png`, fullPage: true });
      }
      if (scripts) {
        const found = [...await layoutFaults(page), ...await accessibility(page)];
        found.forEach((fault) => suite.fault(`${name} at ${viewport.width} px: ${fault}`));
      }
    }
    if (scripts) { (await reflowFaults(page)).forEach((fault) => suite.fault(`${name}: ${fault}`)); }
    await page.setViewportSize(scripts ? SCREEN : PHONE);
  }
});
