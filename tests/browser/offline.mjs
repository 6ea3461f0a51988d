// Bad networks: what was chosen stays, is told about, and goes on by itself when the network is back; never to another person.
import { run } from './suite.mjs';
import { CHECK, ONWARD, RECEIPT, SKIP, agree, box, enter, fill, follow, isRefused, place } from './citizen.mjs';

const BANNER = '[data-offline]:not([hidden])';
const kept = (page) => page.evaluate(() => sessionStorage.getItem('tra-loi'));

await run(async ({ codes, walk }, suite) => {
  const [first, second] = walk;
  const path = (step) => `/khao-sat/${step.page}`;
  const press = (page) => page.locator(ONWARD).first().click();
  const arrives = (page, where) => page.waitForURL((url) => url.pathname === where);
  async function citizen(code, options) {
    const page = await suite.person(options);
    await enter(page, code);
    await agree(page);
    return page;
  }
  async function mustBeChosen(page, step, what) {
    for (const { name, values } of step.asked.filter(({ values }) => values.length)) {
      suite.must(await box(page, name, values[0]).isChecked(), `${what}: ${name} is still chosen`);
    }
  }

  // The network goes, and comes back.
  let page = await citizen(codes[0]);
  await fill(page, first);
  await page.context().setOffline(true);
  await press(page);
  await page.locator(BANNER).waitFor();
  const told = (await page.textContent(BANNER)).replaceAll(/\s+/g, ' ').trim();
  suite.must(told.startsWith('Mất kết nối. Câu trả lời vẫn còn trên máy này.'), `told: ${told}`);
  suite.must(await page.getAttribute(BANNER, 'role') === 'alert', 'it is read out');
  suite.must(!await page.locator('[data-lost]').isVisible(), 'nothing is said to be lost');
  await mustBeChosen(page, first, 'without network');
  await page.context().setOffline(false);
  await arrives(page, path(second));
  suite.must(await kept(page) === null, 'what the server has is kept nowhere else');
  await page.goBack();
  await mustBeChosen(page, first, 'after going back');

  // The page is loaded anew, or killed, while the network is away.
  await page.goto(path(second));
  await fill(page, second);
  await page.context().setOffline(true);
  await press(page);
  await page.locator(BANNER).waitFor();
  await page.reload().catch(() => 'the browser\'s own page');
  await page.context().setOffline(false);
  await page.goto(path(second));
  await mustBeChosen(page, second, 'after a reload');
  await page.goto(path(first));
  await page.goto('/tro-giup');
  await page.goto(path(second));
  await mustBeChosen(page, second, 'after looking at another page');

  // The radio says there is a network, and there is none: the button tries again.
  const broken = (route) => (route.request().method() === 'POST' ? route.abort('connectionreset') : route.continue());
  await page.route('**/khao-sat/**', broken);
  await press(page);
  await page.locator(BANNER).waitFor();
  await page.unroute('**/khao-sat/**', broken);
  await page.locator('[data-retry]').click();
  await arrives(page, path(walk[2]));

  // A gateway answers for a server that is away; a server that never answers is waited for half a minute.
  await fill(page, walk[2]);
  const away = (route) => (route.request().method() === 'POST' ? route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' }) : route.continue());
  await page.route('**/khao-sat/**', away);
  await press(page);
  await page.locator(BANNER).waitFor();
  await mustBeChosen(page, walk[2], 'behind a gateway');
  await page.unroute('**/khao-sat/**', away);
  await arrives(page, path(walk[3]));
  await page.clock.install();
  await page.goto(path(walk[3]));
  await fill(page, walk[3]);
  const silent = (route) => (route.request().method() === 'POST' ? undefined : route.continue());
  await page.route('**/khao-sat/**', silent);
  const asked = page.waitForRequest((request) => request.method() === 'POST');
  await press(page);
  await asked;
  await page.clock.fastForward(31_000);
  await page.locator(BANNER).waitFor();
  await page.context().close();

  // Our own fault is told by the server's page; the choices come back with the page.
  page = await citizen(codes[1]);
  await fill(page, first);
  const faulty = (route) => (route.request().method() === 'POST'
    ? route.fulfill({ status: 500, contentType: 'text/html', body: '<html lang="vi"><title>Có lỗi</title><main><h1>Có lỗi từ phía hệ thống</h1></main></html>' }) : route.continue());
  await page.route('**/khao-sat/**', faulty);
  await press(page);
  await page.getByText('Có lỗi từ phía hệ thống').waitFor();
  await page.unroute('**/khao-sat/**', faulty);
  await page.reload();
  await mustBeChosen(page, first, 'after a fault of ours');

  // A phone that goes from hand to hand: another code finds nothing, nor does who comes after leaving.
  await enter(page, codes[2]);
  suite.must(await kept(page) === null, 'another code removes what the first one kept');
  await agree(page);
  suite.must(await page.locator('main input:checked').count() === 0, 'nothing of the first person is chosen');
  await box(page, first.asked[0].name, first.asked[0].values[0]).check();
  suite.must((await kept(page)).includes(first.asked[0].name), 'a choice is kept until it is sent');
  await follow(page, '.footer form[action="/thoat"] button');
  suite.must(await kept(page) === null, 'leaving removes it');
  await page.context().close();

  // A browser that keeps nothing says so.
  page = await suite.person({ locale: 'en-GB' });
  await page.addInitScript(() => { Storage.prototype.setItem = () => { throw new Error('full'); }; });
  await enter(page, codes[3]);
  await agree(page);
  await follow(page, '.languages a[hreflang=en]');
  await fill(page, first);
  await page.context().setOffline(true);
  await press(page);
  await page.locator(BANNER).waitFor();
  suite.must(await page.locator('[data-lost]').isVisible() && !await page.locator('[data-kept]').isVisible(), 'it says that nothing is kept');
  suite.must((await page.textContent('[data-lost]')).includes('This phone cannot keep answers offline.'), 'in the language of the page');
  await page.context().setOffline(false);
  await arrives(page, path(second));

  // Sending, in a tunnel.
  for (const step of walk.slice(1)) {
    await page.goto(path(step));
    if (await isRefused(page)) { await follow(page, SKIP); }
  }
  suite.must(place(page) === CHECK, 'the check');
  await page.context().setOffline(true);
  await page.locator('form[action="/khao-sat/gui"] button.govuk-button:not([data-retry])').click();
  await page.locator(BANNER).waitFor();
  suite.must((await page.textContent(BANNER)).includes('not sent yet'), 'it is not sent yet');
  await page.context().setOffline(false);
  await arrives(page, RECEIPT);
  suite.must(await kept(page) === null, 'nothing stays on the phone');
});
