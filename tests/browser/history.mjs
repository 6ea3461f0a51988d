// Two tabs, Back, reload and impatient fingers: never an error, never a form to send again, never two receipts.
import { run } from './suite.mjs';
import { CHECK, ONWARD, RECEIPT, SKIP, agree, answer, box, enter, fill, follow, isRefused, place, send } from './citizen.mjs';

await run(async ({ codes, walk }, suite) => {
  const [first, second] = walk;
  const item = first.asked.find(({ options }) => options.length > 2);
  for (const [code, options] of [[codes[0], {}], [codes[1], { javaScriptEnabled: false }]]) {
    const how = options.javaScriptEnabled === false ? 'without script' : 'with script';
    const page = await suite.person(options);
    await enter(page, code);
    await agree(page);

    // Back from the next page, also over a page that was refused.
    await fill(page, first);
    await follow(page, ONWARD);
    await page.goBack();
    suite.must(await box(page, item.name, item.values[0]).isChecked(), `${how}: Back shows the answers`);
    await page.goForward();
    suite.must(await isRefused(page), `${how}: what is open is named`);
    await follow(page, SKIP);
    // Without script a refused page is the answer to a form, and a browser asks before it shows such a page again.
    if (how === 'with script') { await page.goBack(); } else { await page.goto(`/khao-sat/${second.page}`); }
    suite.must(place(page) === `/khao-sat/${second.page}` && await page.locator('main fieldset').count() > 0, `${how}: Back over a refused page shows the questions, not ${page.url()}: ${(await page.textContent('body')).trim().slice(0, 200)}`);

    // The same question in two tabs: the last one counts.
    const other = await page.context().newPage();
    await other.goto(`/khao-sat/${first.page}`);
    await page.goto(`/khao-sat/${first.page}`);
    await box(page, item.name, item.options[1]).check();
    await follow(page, ONWARD);
    await box(other, item.name, item.options[2]).check();
    await follow(other, ONWARD);
    suite.must(place(other) === `/khao-sat/${second.page}`, `${how}: no tab is refused`);
    await page.goto(`/khao-sat/${first.page}`);
    suite.must(await box(page, item.name, item.options[2]).isChecked(), `${how}: the last tab counts`);
    await other.close();

    await answer(page, walk);
    const sendings = [];
    page.on('request', (request) => { if (request.url().endsWith('/khao-sat/gui')) { sendings.push(request); } });
    if (how === 'with script') {
      await Promise.all([page.waitForNavigation(), page.locator('form[action="/khao-sat/gui"] button.govuk-button:not([data-retry])').dblclick()]);
      suite.must(sendings.length === 1, `two taps are one sending, not ${sendings.length}`);
    } else {
      await send(page);
    }
    suite.must(place(page) === RECEIPT, `${how}: the receipt`);
    const receipt = await page.textContent('.govuk-panel');
    await page.reload();
    suite.must(await page.textContent('.govuk-panel') === receipt, `${how}: a reload shows the receipt again`);
    await page.goBack();
    suite.must(place(page) === RECEIPT && await page.textContent('.govuk-panel') === receipt, `${how}: Back shows the receipt, not ${page.url()}`);
    await page.goto(CHECK);
    suite.must(place(page) === RECEIPT, `${how}: the check leads to the receipt`);
  }
});
