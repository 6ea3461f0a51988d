// What is wrong with a page as it stands in the browser, each as one line of text.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export async function accessibility(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `axe ${id}: ${help} (${target.join(' ')}) ${failureSummary.split('\n')[1]?.trim() ?? ''}`));
}

// A link inside a sentence may be as low as its line; anything alone needs 24 px, an answer or a main button 48 px.
export function layoutFaults(page) {
  return page.evaluate(() => {
    const faults = [];
    const name = (element) => `${element.tagName} ${element.textContent.trim().slice(0, 40)}`;
    if (document.documentElement.scrollWidth > innerWidth) {
      const wide = [...document.querySelectorAll('body *')].find((element) => element.getBoundingClientRect().right > innerWidth + 1);
      faults.push(`wider than the screen: ${document.documentElement.scrollWidth} px${wide ? `, ${wide.tagName}.${wide.className}` : ''}`);
    }
    for (const element of document.querySelectorAll('a, button, input:not([type=hidden]), textarea, select, summary')) {
      const { width, height } = element.getBoundingClientRect();
      const inSentence = element.tagName === 'A' && element.parentElement.textContent.trim() !== element.textContent.trim();
      const hidden = !width || element.matches('.govuk-skip-link');
      const least = element.matches('.choice input, .govuk-button') ? 48 : 24;
      if (!hidden && !inSentence && (width < 24 || height < least)) {
        faults.push(`target ${Math.round(width)}×${Math.round(height)} px, less than ${least}: ${name(element)}`);
      }
    }
    if (innerWidth === 360) {
      for (const element of document.querySelectorAll('.question:not(.question--failed) > .choices--scale')) {
        const { height } = element.closest('fieldset').getBoundingClientRect();
        if (height > 480) { faults.push(`an item of ${Math.round(height)} px does not stand on a small screen: ${name(element)}`); }
      }
    }
    return faults;
  });
}

// What a page must bear: a small screen, a screen at 200 %, and text spaced as WCAG 1.4.12 lets readers space it.
export async function reflowFaults(page) {
  const faults = [];
  for (const [width, height] of [[320, 568], [640, 400]]) {
    await page.setViewportSize({ width, height });
    faults.push(...(await layoutFaults(page)).map((fault) => `at ${width} px: ${fault}`));
  }
  await page.setViewportSize({ width: 360, height: 640 });
  await page.evaluate(() => {
    const spaced = new CSSStyleSheet();
    spaced.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }');
    document.adoptedStyleSheets = [spaced];
  });
  faults.push(...(await layoutFaults(page)).filter((fault) => fault.startsWith('wider')).map((fault) => `with spaced text: ${fault}`));
  await page.evaluate(() => { document.adoptedStyleSheets = []; });
  return faults;
}

// Round the page with the Tab key alone: every control is met, and it is to be seen that it is. Radios of one name are one stop.
export async function keyboardFaults(page) {
  const wanted = await page.evaluate(() => {
    const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), textarea, select, summary, [tabindex="0"]')]
      .filter((it) => !it.disabled && it.checkVisibility());
    const stops = new Set(all.map((it) => (it.type === 'radio' ? `radio ${it.name}` : it)));
    all.forEach((it, number) => { it.dataset.stop = it.type === 'radio' ? `radio ${it.name}` : `${number}`; });
    return stops.size;
  });
  const met = new Set();
  const faults = [];
  for (let tabs = 0; tabs < 2 * wanted + 60 && met.size < wanted; tabs += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const it = document.activeElement;
      const drawn = getComputedStyle(it.matches('.choice input') ? it.nextElementSibling : it);
      const box = it.getBoundingClientRect();
      return {
        id: it.dataset.stop,
        name: `${it.tagName} ${(it.textContent || it.name || '').trim().slice(0, 40)}`,
        seen: (drawn.outlineStyle !== 'none' && parseFloat(drawn.outlineWidth) >= 2) || drawn.boxShadow !== 'none',
        within: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
      };
    });
    if (!stop.id) { continue; }
    met.add(stop.id);
    if (!stop.seen) { faults.push(`the focus on "${stop.name}" is not to be seen`); }
    if (!stop.within) { faults.push(`the focus on "${stop.name}" is off the screen`); }
  }
  if (met.size < wanted) { faults.push(`the keyboard meets ${met.size} of ${wanted} controls`); }
  return faults;
}
