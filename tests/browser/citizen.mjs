// A citizen's hands: what a person does on the pages, by the steps that the questionnaire's engine worked out.
export const CHECK = '/khao-sat/kiem-tra';
export const RECEIPT = '/khao-sat/xong';

export function place(page) { return new URL(page.url()).pathname; }

export function box(page, name, value) { return page.locator(`input[name="${name}"][value="${value}"]`); }

// Presses something that leads to another page, and waits until it stands.
export async function follow(page, target) {
  const link = typeof target === 'string' ? page.locator(target).first() : target;
  await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), link.click()]);
}

export async function enter(page, code) {
  await page.goto(`/v/${code}`);
}

export async function agree(page) {
  await follow(page, 'form[action="/khao-sat/dong-y"] button');
}

// Fills one page; nothing is sent.
export async function fill(page, step) {
  for (const { name, kind, values } of step.asked) {
    for (const value of values) {
      if (kind === 'text') { await page.fill(`[name="${name}"]:not([type=checkbox])`, value); } else { await box(page, name, value).check(); }
    }
  }
}

export const ONWARD = 'main form button.govuk-button:not([name]):not([data-retry])';
export const SKIP = 'main form button[name=skip]';

// Presses a button that may be refused: true when the page names what is wrong.
export async function isRefused(page, target = ONWARD) {
  const before = page.url();
  await page.locator(target).first().click();
  for (const begun = Date.now(); Date.now() - begun < 60_000;) {
    if (page.url() !== before) { await page.waitForLoadState(); return false; }
    if (await page.locator('.govuk-error-summary').count().catch(() => 0)) { return true; }
    await new Promise((resolve) => { setTimeout(resolve, 30); });
  }
  throw new Error(`nothing came of pressing ${target}`);
}

// Each page asks what the engine says it asks.
export async function mustAsk(page, step) {
  const shown = await page.evaluate(() => [...new Set([...document.querySelectorAll('main form [name]')]
    .filter((field) => field.type !== 'hidden' && field.tagName !== 'BUTTON').map((field) => field.name))].sort());
  const asked = [...new Set(step.asked.map(({ name }) => name))].sort();
  if (place(page) !== `/khao-sat/${step.page}` || shown.join() !== asked.join()) {
    throw new Error(`expected the page ${step.page} with ${asked}, but ${place(page)} asks ${shown}`);
  }
}

// From the first page to the check, answering everything.
export async function answer(page, walk, { before = async () => {} } = {}) {
  for (const step of walk) {
    await mustAsk(page, step);
    await before(step);
    await fill(page, step);
    await follow(page, ONWARD);
  }
  if (place(page) !== CHECK) { throw new Error(`after the last page comes the check, not ${place(page)}`); }
}

export async function send(page) {
  await follow(page, 'form[action="/khao-sat/gui"] button.govuk-button:not([data-retry])');
  if (place(page) !== RECEIPT) { throw new Error(`sending leads to the receipt, not to ${place(page)}`); }
}
