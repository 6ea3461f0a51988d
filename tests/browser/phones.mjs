// Fingers, chat programs and their browsers.
import { run } from './suite.mjs';
import { ONWARD, agree, answer, box, enter, fill, follow, place, send } from './citizen.mjs';

const ZALO = 'Mozilla/5.0 (Linux; Android 9; SM-J600G; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/70.0.3538.110 Mobile Safari/537.36 Zalo android/12100673';
const PREVIEW = 'Mozilla/5.0 (compatible; ZaloBot/1.0; facebookexternalhit/1.1)';

await run(async ({ codes, walk }, suite) => {
  const [first] = walk;
  const [one, next] = first.asked.filter(({ kind }) => kind === 'one');
  const touch = { hasTouch: true, isMobile: true };
  const top = (page, name) => page.locator(`fieldset:has([name="${name}"])`).evaluate((question) => question.getBoundingClientRect().top);
  const still = (page) => page.evaluate(() => new Promise((resolve) => {
    let last = -1;
    const look = () => { if (last === scrollY) { resolve(scrollY); } else { last = scrollY; setTimeout(look, 300); } };
    look();
  }));
  async function citizen(code, options) {
    const page = await suite.person(options);
    await enter(page, code);
    await agree(page);
    return page;
  }

  // A finger's choice brings up the next open question, and does nothing else.
  const page = await citizen(codes[0], touch);
  const before = page.url();
  await box(page, one.name, one.options[1]).tap();
  await still(page);
  const there = await top(page, next.name);
  suite.must(there >= 0 && there < 40, `the next question comes to the top, not to ${there} px`);
  suite.must(page.url() === before, 'nothing is sent by a choice');
  suite.must(await page.evaluate((name) => document.activeElement.name === name, one.name), 'the focus stays where the finger was');

  // A mouse, a keyboard and somebody whom movement makes ill stay where they are.
  for (const [at, [who, options, choose]] of [
    ['a mouse', {}, (page) => box(page, one.name, one.options[1]).click()],
    ['a keyboard', {}, async (page) => { await box(page, one.name, one.options[0]).focus(); await page.keyboard.press('ArrowDown'); }],
    ['reduced motion', { ...touch, reducedMotion: 'reduce' }, (page) => box(page, one.name, one.options[1]).tap()],
  ].entries()) {
    const calm = await citizen(codes[3 + at], options);
    await box(calm, one.name, one.options[1]).scrollIntoViewIfNeeded();
    await box(calm, one.name, one.options[0]).focus();
    const stood = await still(calm);
    await choose(calm);
    const stands = await still(calm);
    suite.must(Math.abs(stands - stood) < 60, `${who}: the page moved by ${stands - stood} px`);
    await calm.context().close();
  }

  // A chat program looks at the link first; that costs the person nothing.
  const bot = await suite.person({ userAgent: PREVIEW });
  for (const method of ['head', 'get', 'get']) {
    const answered = await bot.request[method](`/v/${codes[2]}`);
    suite.must(answered.ok(), `a preview is answered, not ${answered.status()}`);
  }

  // Its own browser: an old one, that keeps its cookies apart and can neither print nor save.
  const zalo = await suite.person({ ...touch, userAgent: ZALO, acceptDownloads: false });
  await zalo.addInitScript(() => { delete window.print; });
  const origins = [];
  zalo.on('request', (request) => { if (request.method() === 'POST') { origins.push(request.allHeaders()); } });
  await enter(zalo, codes[2]);
  suite.must(await zalo.locator('form[action="/khao-sat/dong-y"]').isVisible(), 'nobody has begun with this code');
  await agree(zalo);
  await fill(zalo, first);
  await follow(zalo, ONWARD);
  for (const headers of await Promise.all(origins)) {
    // All that browsers without sec-fetch-site tell about where a form came from.
    suite.must(headers.origin === suite.task.address, `a form of ours says where it comes from, not ${headers.origin}`);
  }

  // The person goes on in another browser by typing the code; the first one learns that it is done.
  const typed = await suite.person();
  await typed.goto('/ma');
  await typed.fill('#code', codes[2].replace(/(....)/g, '$1 ').trim());
  await follow(typed, 'main form button');
  suite.must((await typed.textContent('main')).includes(`Đã trả lời ${first.asked.filter(({ values }) => values.length).length} trên`), 'the answers of the other browser are there');
  await follow(typed, 'main a.govuk-button');
  await answer(typed, walk.slice(1));
  await send(typed);
  await follow(zalo, ONWARD);
  suite.must(place(zalo) === '/khao-sat/xong', 'the first browser is led to the receipt');
  const text = await zalo.textContent('main');
  suite.must(text.includes('Số biên nhận') && text.includes('đã được nhận từ trước'), 'the receipt is text');
});
