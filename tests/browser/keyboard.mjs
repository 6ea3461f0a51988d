// The keyboard alone: the order of the stops, where the focus is to be seen, and the whole way to the receipt.
import { SCREEN, run } from './suite.mjs';
import { CHECK, RECEIPT, agree, answer, box, enter, mustAsk, place, send } from './citizen.mjs';

const MOST_STOPS = 60;

await run(async ({ codes, walk, golden }, suite) => {
  const page = await suite.person({ viewport: SCREEN });
  await enter(page, codes[0]);
  await agree(page);

  await mustAsk(page, walk[0]);
  await answerByKeyboard(page, walk[0]);
  const named = (await stopsUntil(page, (stop) => stop.onward)).map(({ name }) => name);
  if (named.join('\n') !== golden.join('\n')) { suite.fault(`the stops from the top to the button:\n${named.join('\n')}\nexpected:\n${golden.join('\n')}`); }

  // Round the whole page: every stop is seen and left again.
  await page.reload();
  const round = await stopsUntil(page, (stop, stops) => stops.length > 1 && stop.name === stops[0].name);
  if (round.length >= MOST_STOPS) { suite.fault(`the focus is caught: ${round.slice(-3).map(({ name }) => name).join(', ')}`); }
  round.filter(({ seen, name }) => !seen && name !== 'BODY').forEach(({ name }) => suite.fault(`the focus on "${name}" is not to be seen`));

  await page.reload();
  for (const step of walk.slice(1)) {
    await mustAsk(page, step);
    await answerByKeyboard(page, step);
  }
  suite.must(place(page) === CHECK, 'the check comes last');
  await stopsUntil(page, (stop) => stop.action === '/khao-sat/gui');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  suite.must(place(page) === RECEIPT, 'the receipt');

  // Arrows choose within a question, as they do everywhere.
  const other = await suite.person();
  await enter(other, codes[1]);
  await agree(other);
  const { name, options } = walk[0].asked[0];
  await box(other, name, options[0]).focus();
  await other.keyboard.press('Space');
  await other.keyboard.press('ArrowDown');
  suite.must(await box(other, name, options[1]).isChecked(), 'the arrow moves to the next choice');
  await answer(other, walk);
  await send(other);

  // Presses Tab until `last`; each stop as a reader meets it.
  async function stopsUntil(page, last) {
    const stops = [];
    while (stops.length < MOST_STOPS) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const it = document.activeElement;
        const drawn = getComputedStyle(it.matches('.choice input') ? it.nextElementSibling : it);
        return {
          name: it === document.body ? 'BODY' : it.name || it.textContent.trim(),
          seen: (drawn.outlineStyle !== 'none' && parseFloat(drawn.outlineWidth) >= 2) || drawn.boxShadow !== 'none',
          onward: it.matches('main form button.govuk-button:not([name]):not([data-retry])'),
          action: it.form?.getAttribute('action'),
        };
      });
      stops.push(stop);
      if (last(stop, stops)) { return stops; }
    }
    return stops;
  }

  async function answerByKeyboard(page, step) {
    for (const { name, kind, values } of step.asked) {
      if (!values.length) { continue; }
      for (let tabs = 0; ; tabs += 1) {
        suite.must(tabs < MOST_STOPS, `the keyboard reaches ${name}`);
        await page.keyboard.press('Tab');
        if (await page.evaluate((name) => document.activeElement.name === name, name)) { break; }
      }
      if (kind === 'text') { await page.keyboard.type(values[0]); } else { await page.keyboard.press('Space'); }
    }
    await stopsUntil(page, (stop) => stop.onward);
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  }
});
