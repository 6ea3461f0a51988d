// Forced colours, paper, and colours that keep what they claim.
import { readFileSync } from 'node:fs';
import { run } from './suite.mjs';
import { agree, answer, box, enter, send } from './citizen.mjs';

await run(async ({ codes, walk, marks }, suite) => {
  // Colours of the reader's own: a choice is known by its shape, the focus by its outline.
  for (const [kind, { code, walk }] of Object.entries(marks)) {
    const page = await suite.person({ forcedColors: 'active' });
    await enter(page, code);
    await agree(page);
    const { name, options } = walk[0].asked[0];
    const shape = () => box(page, name, options[0]).evaluate((input) => {
      const drawn = (part) => { const style = getComputedStyle(input.nextElementSibling, part); return [style.content, style.borderTopWidth, style.borderBottomWidth]; };
      return JSON.stringify([drawn('::before'), drawn('::after')]);
    });
    const [before, picture] = [await shape(), await page.locator('.choice').first().screenshot()];
    await box(page, name, options[0]).evaluate((input) => { input.checked = true; });
    suite.must(await shape() !== before, `${kind}: a chosen option has another shape, not only another colour`);
    suite.must(!picture.equals(await page.locator('.choice').first().screenshot()), `${kind}: and that is to be seen`);
    await page.locator('h1').click();
    for (let stops = 0; stops < 12; stops += 1) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const it = document.activeElement;
        const style = getComputedStyle(it.matches('.choice input') ? it.nextElementSibling : it);
        return it === document.body ? null : { name: it.textContent || it.name, seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 };
      });
      if (!stop) { break; }
      suite.must(stop.seen, `${kind}: the focus on "${stop.name}" has an outline`);
    }
    await page.context().close();
  }

  // Paper: the receipt and the paused page, without what can only be pressed, each on one sheet.
  const page = await suite.person();
  await enter(page, codes[0]);
  await agree(page);
  const onPaper = async (what, ...words) => {
    await page.emulateMedia({ media: 'print' });
    for (const pressed of ['.languages', '.back', '.footer', 'main button', 'main .govuk-button', '.govuk-skip-link']) {
      for (const element of await page.locator(pressed).all()) {
        if (await element.isVisible()) { suite.fault(`${what} prints ${pressed}`); }
      }
    }
    for (const word of words) {
      if (!await page.getByText(word).first().isVisible()) { suite.fault(`${what} on paper does not say "${word}"`); }
    }
    const sheets = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g).length;
    if (sheets !== 1) { suite.fault(`${what} takes ${sheets} sheets`); }
    await page.emulateMedia({ media: null });
  };
  await page.goto('/tam-dung');
  await onPaper('the paused page', 'Đã lưu 0 câu', 'Nhập mã tại');
  await page.goto(`/khao-sat/${walk[0].page}`);
  await answer(page, walk);
  await send(page);
  await onPaper('the receipt', 'Đã nhận câu trả lời', 'Số biên nhận', 'Nhận lúc', 'Muốn rút lại');

  // The tokens keep the contrast that they claim, and claim enough.
  const tokens = readFileSync(new URL('../../server/ui/_tokens.scss', import.meta.url), 'utf8');
  const claims = [...tokens.matchAll(/([a-z-]+): (#[0-9a-f]{3,6})[,;] \/\/ (behind ink )?([0-9.]+)/g)];
  suite.must(claims.length >= 8, `only ${claims.length} colours say their contrast`);
  for (const [, name, colour, behindInk, claimed] of claims) {
    const measured = contrast(colour, behindInk ? '#0b0c0c' : '#ffffff');
    if (Math.abs(measured - claimed) > 0.15) { suite.fault(`${name} claims ${claimed} and has ${measured.toFixed(2)}`); }
    const least = name === 'edge' ? 3 : 4.5;
    if (measured < least) { suite.fault(`${name} has ${measured.toFixed(2)}, less than ${least}`); }
  }
});

function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour) {
  const digits = colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit) : colour.slice(1).match(/../g);
  const [red, green, blue] = digits.map((pair) => parseInt(pair, 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
