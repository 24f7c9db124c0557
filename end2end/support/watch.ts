// Keeps an eye on every page of a test.

import { expect, type BrowserContext, type Page } from '@playwright/test';

/** Collects console errors and uncaught errors, of which a test must have none. */
export class Watch {
  readonly #contexts = new WeakSet<BrowserContext>();
  readonly #allowed: RegExp[] = [];
  readonly #errors: { text: string; from: string }[] = [];

  /** Watches every page of a context, present and future. */
  context(context: BrowserContext): void {
    if (this.#contexts.has(context)) return;
    this.#contexts.add(context);
    context.on('console', (message) => {
      if (message.type() !== 'error') return;
      const { url, lineNumber } = message.location();
      this.#errors.push({ text: message.text(), from: `${url}:${lineNumber} on ${message.page()?.url() ?? '?'}` });
    });
    context.on('weberror', (error) => {
      const { name, message, stack } = error.error();
      this.#errors.push({ text: `${name}: ${message}`, from: `${error.page()?.url() ?? '?'}\n${stack ?? ''}` });
    });
  }

  allow(pattern: RegExp): void {
    this.#allowed.push(pattern);
  }

  /** Fails with everything that nobody allowed. */
  expectQuiet(): void {
    const unexpected = this.#errors.filter(({ text }) => !this.#allowed.some((pattern) => pattern.test(text)));
    expect(unexpected, 'errors in the console').toEqual([]);
  }

  /** Waits until every open page of a context that brings WebAssembly has been taken over by it. */
  async expectHydrated(context: BrowserContext): Promise<void> {
    for (const page of context.pages()) await expectHydrated(page);
  }
}

async function expectHydrated(page: Page): Promise<void> {
  if (page.isClosed() || !page.url().startsWith('http')) return;
  // A context without JavaScript has no module to run.
  const module = page.locator('script[type="module"]').first();
  if ((await module.count()) === 0 || !(await runsScripts(page))) return;
  await expect(page.locator('html'), `hydration of ${page.url()}`).toHaveAttribute('data-hydrated', 'true');
}

async function runsScripts(page: Page): Promise<boolean> {
  return page.evaluate(() => matchMedia('(scripting: enabled)').matches);
}
