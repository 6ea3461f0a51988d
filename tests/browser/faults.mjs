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

// A link inside a sentence may be as low as its line; anything alone needs 24 px.
export function layoutFaults(page) {
  return page.evaluate(() => {
    const faults = [];
    if (document.documentElement.scrollWidth > innerWidth) {
      const wide = [...document.querySelectorAll('body *')].find((element) => element.getBoundingClientRect().right > innerWidth + 1);
      faults.push(`wider than the screen: ${document.documentElement.scrollWidth} px${wide ? `, ${wide.tagName}.${wide.className}` : ''}`);
    }
    for (const element of document.querySelectorAll('a, button, input:not([type=hidden]), textarea, select, summary')) {
      const { width, height } = element.getBoundingClientRect();
      const inSentence = element.tagName === 'A' && element.parentElement.textContent.trim() !== element.textContent.trim();
      const hidden = !width || element.matches('.govuk-skip-link');
      if (!hidden && !inSentence && (width < 24 || height < 24)) {
        faults.push(`target ${Math.round(width)}×${Math.round(height)} px: ${element.tagName} ${element.textContent.trim().slice(0, 40)}`);
      }
    }
    return faults;
  });
}
