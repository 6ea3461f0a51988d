// What a screen reader is told: the tree of a question page, and the way through its errors.
import { readFileSync } from 'node:fs';
import { run } from './suite.mjs';
import { ONWARD, agree, enter, isRefused } from './citizen.mjs';

await run(async ({ code, walk, golden }, suite) => {
  const page = await suite.person();
  await enter(page, code);
  await agree(page);
  const heard = await page.locator('main').ariaSnapshot();
  const expected = readFileSync(new URL(golden, import.meta.url), 'utf8').trim();
  if (heard.trim() !== expected) { suite.fault(`the page is heard as\n${heard}\nexpected\n${expected}`); }

  suite.must(await isRefused(page, ONWARD), 'what is open is named');
  suite.must((await page.title()).startsWith('Lỗi: '), `the title says so first: ${await page.title()}`);
  suite.must(await page.evaluate(() => document.activeElement.matches('.govuk-error-summary')), 'the summary has the focus');
  const links = page.locator('.govuk-error-summary a');
  suite.must(await links.count() === walk[0].asked.length, `each open question has its line, ${await links.count()} of ${walk[0].asked.length}`);
  for (const [at, { name }] of walk[0].asked.entries()) {
    const sentence = (await links.nth(at).textContent()).trim();
    const beside = (await page.locator(`[id="${name}-error"]`).textContent()).replace('Lỗi:', '').trim();
    suite.must(sentence === beside, `"${sentence}" above and "${beside}" beside the question`);
    await links.nth(at).click();
    suite.must(await page.evaluate((name) => document.activeElement.name === name, name), `the line of ${name} leads to its first choice`);
    const described = await page.evaluate(() => document.activeElement.closest('fieldset').getAttribute('aria-describedby'));
    suite.must(described.includes(`${name}-error`), `${name} is read with its error`);
  }
});
