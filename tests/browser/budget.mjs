// Bytes, requests, taps and pages of one whole questionnaire on a phone.
import { run } from './suite.mjs';
import { CHECK, ONWARD, RECEIPT, box, mustAsk, place } from './citizen.mjs';

await run(async ({ code, walk, limits }, suite) => {
  const page = await suite.person({ hasTouch: true, isMobile: true });
  const traffic = await counted(page);
  let taps = 0;
  const tap = async (locator) => { taps += 1; await locator.tap(); };
  const go = async (locator) => { await Promise.all([page.waitForNavigation({ waitUntil: 'networkidle' }), tap(locator)]); };
  const budget = (what, is, most) => {
    console.log(`${what}: ${is} of ${most}`);
    if (is > most) { suite.fault(`${what}: ${is}, more than ${most}`); }
  };

  await page.goto(`/v/${code}`, { waitUntil: 'networkidle' });
  budget('bytes of the first view', traffic.down, limits.firstView);
  // The redirect away from the code's address travels with the page.
  budget('requests of the first view', traffic.requests - 1, limits.firstRequests);

  await go(page.locator('form[action="/khao-sat/dong-y"] button'));
  let largest = [0, ''];
  let pages = 0;
  for (const step of walk) {
    await mustAsk(page, step);
    pages += 1;
    for (const { name, kind, values } of step.asked) {
      for (const value of values) {
        if (kind === 'text') { await page.fill(`[name="${name}"]:not([type=checkbox])`, value); taps += 1; } else { await tap(box(page, name, value)); }
      }
    }
    await go(page.locator(ONWARD).first());
    if (traffic.last > largest[0]) { largest = [traffic.last, place(page)]; }
  }
  suite.must(place(page) === CHECK, 'the check comes last');
  await go(page.locator('form[action="/khao-sat/gui"] button.govuk-button:not([data-retry])'));
  suite.must(place(page) === RECEIPT, 'sending leads to the receipt');
  budget(`bytes of the largest later page (${largest[1]})`, largest[0], limits.laterPage);
  budget('bytes up and down of the whole questionnaire', traffic.down + traffic.up, limits.whole);
  budget('taps', taps, limits.taps);
  budget('pages', pages, limits.pages);
});

// What really crossed the wire, headers included, compressed as sent.
async function counted(page) {
  const traffic = { down: 0, up: 0, requests: 0, last: 0 };
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  devtools.on('Network.requestWillBeSent', ({ request, redirectResponse }) => {
    if (redirectResponse) { traffic.down += redirectResponse.encodedDataLength; }
    if (request.url.startsWith('http')) { traffic.requests += 1; traffic.up += (request.postData ?? '').length; }
  });
  devtools.on('Network.requestWillBeSentExtraInfo', ({ headers }) => {
    traffic.up += Object.entries(headers).reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
  });
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => { traffic.down += encodedDataLength; traffic.last = encodedDataLength; });
  return traffic;
}
