// What every suite shares: its task from standard input, one Chromium, people whose pages are watched, and the faults at the end.
import { chromium } from 'playwright-core';

export const PHONE = { width: 360, height: 640 };
export const SCREEN = { width: 1280, height: 800 };
// Machines are slow now and then; nothing is said about how long a page took.
const LONG = Number(process.env.PATIENCE ?? 120_000);

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

// Runs `work(task, suite)`; every fault is a sentence on standard error and the end is 1.
export async function run(work) {
  let input = '';
  for await (const piece of process.stdin) { input += piece; }
  const browser = await launch().catch((error) => {
    console.error(`Chromium does not start; scripts/prepare browser installs it. ${error.message.split('\n')[0]}`);
    process.exit(1);
  });
  const suite = new Suite(JSON.parse(input), browser);
  try {
    await work(suite.task, suite);
  } catch (error) {
    suite.fault(`${suite.where()}${error.stack}`);
  }
  await suite.browser.close();
  suite.faults.forEach((fault) => console.error(fault));
  process.exit(suite.faults.length ? 1 : 0);
}

class Suite {
  constructor(task, browser) {
    this.task = task;
    this.browser = browser;
    this.faults = [];
    this.pages = [];
  }

  fault(sentence) { this.faults.push(sentence); }

  must(holds, sentence) { if (!holds) { throw new Error(sentence); } }

  where() {
    const open = this.pages.filter((page) => !page.isClosed()).map((page) => page.url());
    return open.length ? `at ${open.join(', ')}: ` : '';
  }

  // Somebody with an empty browser; whatever the page's policy refuses or its script throws is a fault.
  async person(options = {}) {
    const context = await this.browser.newContext({ baseURL: this.task.address, viewport: PHONE, locale: 'vi-VN', ...options });
    context.setDefaultTimeout(LONG);
    context.on('page', (page) => this.watch(page));
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) =>
        console.error(`the policy refused ${event.violatedDirective} ${event.blockedURI}`));
    });
    return context.newPage();
  }

  watch(page) {
    this.pages.push(page);
    page.on('pageerror', (error) => this.fault(`${page.url()}: ${error}`));
    page.on('console', (message) => {
      // A refused form or a network that the suite took away is told by the page itself.
      const expected = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !expected) { this.fault(`${page.url()}: ${message.text()}`); }
    });
  }
}
