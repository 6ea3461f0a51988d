// The same way without any script: to the receipt, through both languages, a refusal and a withdrawal.
import { run } from './suite.mjs';
import { ONWARD, SKIP, agree, answer, box, enter, fill, follow, isRefused, place, send } from './citizen.mjs';

await run(async ({ codes, walk }, suite) => {
  const plain = { javaScriptEnabled: false };
  const page = await suite.person(plain);
  await enter(page, codes[0]);
  await agree(page);

  // Nothing chosen: named once, then let go by a second button.
  suite.must(await isRefused(page), 'what is open is named');
  suite.must((await page.title()).startsWith('Lỗi: '), 'the title says so first');
  await page.locator('.govuk-error-summary a').first().click();
  suite.must(page.url().endsWith(`#${walk[0].asked[0].name}`), 'the link leads to the first question');
  suite.must(await page.locator(SKIP).isVisible(), 'the questions may be skipped');

  // The other language on the same page, with the answers that were given.
  await fill(page, walk[0]);
  await follow(page, ONWARD);
  await follow(page, '.back a');
  await follow(page, '.languages a[hreflang=en]');
  suite.must(place(page) === `/khao-sat/${walk[0].page}`, 'the language changes on the same page');
  const { name, values } = walk[0].asked[0];
  suite.must(await box(page, name, values[0]).isChecked(), 'and the answers are still chosen');
  suite.must((await page.textContent(ONWARD)).trim() === 'Continue', 'in English');
  await follow(page, '.languages a[hreflang=vi]');

  // Pausing keeps what the page holds.
  await follow(page, ONWARD);
  const half = { ...walk[1], asked: walk[1].asked.slice(0, 2) };
  await fill(page, half);
  await follow(page, 'main form button[name=pause]');
  suite.must((await page.textContent('main')).includes(`Đã lưu ${walk[0].asked.filter(({ values }) => values.length).length + 2} câu`), 'the pause says how many answers are saved');
  await follow(page, 'main a.govuk-button');
  suite.must(await box(page, half.asked[1].name, half.asked[1].values[0]).isChecked(), 'and they are there afterwards');

  await page.goto(`/khao-sat/${walk[0].page}`);
  await answer(page, walk);
  await send(page);
  await page.reload();
  suite.must((await page.textContent('h1')).includes('Đã nhận câu trả lời'), 'a reload shows the receipt again');

  await page.goto('/rut-lai');
  await follow(page, 'form[action="/rut-lai"] button');
  suite.must((await page.textContent('h1')).trim() === 'Đã xóa', 'the answers are deleted');

  const refusing = await suite.person(plain);
  await enter(refusing, codes[1]);
  await follow(refusing, 'a[href="/khao-sat/tu-choi"]');
  await refusing.check('input[name="ly-do"][value=trust]');
  await follow(refusing, 'form[action="/khao-sat/tu-choi"] button');
  suite.must((await refusing.textContent('main')).includes('Cảm ơn Ông/Bà đã cho biết'), 'the refusal is thanked for');

  // A phone that is handed on: leaving says how to come back, and nothing of the person is left.
  const shared = await suite.person(plain);
  await enter(shared, codes[2]);
  await agree(shared);
  await follow(shared, '.footer form[action="/thoat"] button');
  suite.must((await shared.textContent('main')).includes('quét lại mã'), 'leaving says how to come back');
  await shared.goBack();
  await shared.goto(`/khao-sat/${walk[0].page}`);
  suite.must(place(shared) === '/ma', 'the session is over');
});
