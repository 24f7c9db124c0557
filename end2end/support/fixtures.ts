// The `test` of every browser test: a running Assent, and no error in any page's console.

import { test as base, expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { startServer, type Assent, type Database } from './server.ts';
import { signIn, type Account } from './pages.ts';
import { Watch } from './watch.ts';

export { expect };

export interface AssentWorkerOptions {
  /** Which database the servers run on; set by the project. */
  database: Database;
}

export interface AssentOptions {
  /**
   * Whether each test gets servers and a database of its own. Needed by every test that changes what
   * others see: `test.use({ ownServer: true })`.
   */
  ownServer: boolean;
}

export interface AssentFixtures {
  /**
   * The running demo organisation: one process on SQLite, two on PostgreSQL. `page.goto('/…')` goes to the first.
   */
  assent: Assent;
  /**
   * Someone in a browser of their own (a new context), signed in if an account is given.
   * `{ server: 2 }` talks to the second process.
   */
  visitor: (account?: Account, options?: VisitorOptions) => Promise<Page>;
  /** Lets the messages that match pass in every page of this test. */
  allowConsoleError: (pattern: RegExp) => void;
  /** Lets Chromium's message about a response with one of these statuses pass in every page of this test. */
  allowStatus: (...statuses: number[]) => void;
}

export type VisitorOptions = Parameters<Browser['newContext']>[0] & { server?: 1 | 2 };

interface Internal {
  watch: Watch;
}

interface InternalWorker {
  sharedAssent: () => Promise<Assent>;
}

export const test = base.extend<AssentOptions & AssentFixtures & Internal, AssentWorkerOptions & InternalWorker>({
  database: ['sqlite', { option: true, scope: 'worker' }],
  ownServer: [false, { option: true }],

  // Started when the first test of the worker asks for it.
  sharedAssent: [
    async ({ database }, use) => {
      let running: Promise<Assent> | undefined;
      await use(() => (running ??= startDemo(database, false)));
      await (await running)?.stop();
    },
    { scope: 'worker' },
  ],

  assent: async ({ database, ownServer, sharedAssent }, use, testInfo) => {
    const assent = ownServer ? await startDemo(database, true) : await sharedAssent();
    await use(assent);
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach('server output', { body: assent.output(), contentType: 'text/plain' });
    }
    if (ownServer) await assent.stop();
  },

  baseURL: async ({ assent }, use) => use(assent.url),

  watch: [
    async ({ browser }, use, testInfo) => {
      const watch = new Watch();
      const begin = (context: BrowserContext): void => watch.context(context);
      browser.on('context', begin);
      browser.contexts().forEach(begin);
      await use(watch);
      browser.off('context', begin);
      if (testInfo.status === 'passed') watch.expectQuiet();
    },
    { auto: true },
  ],

  // Pages are closed before `watch` ends, so whether they hydrated is looked at here and in `visitor`.
  page: async ({ page, watch }, use) => {
    watch.context(page.context());
    await use(page);
    await watch.expectHydrated(page.context());
  },

  visitor: async ({ browser, assent, watch, contextOptions, locale, timezoneId, viewport }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (account, options = {}) => {
      const { server = 1, ...rest } = options;
      const baseURL = server === 2 ? assent.secondUrl : assent.url;
      const context = await browser.newContext({ ...contextOptions, locale, timezoneId, viewport, baseURL, ...rest });
      watch.context(context);
      contexts.push(context);
      const page = await context.newPage();
      if (account) await signIn(page, account);
      return page;
    });
    for (const context of contexts) {
      await watch.expectHydrated(context);
      await context.close();
    }
  },

  allowConsoleError: async ({ watch }, use) => use((pattern) => watch.allow(pattern)),

  allowStatus: async ({ watch }, use) =>
    use((...statuses) => {
      for (const status of statuses) {
        watch.allow(new RegExp(`^Failed to load resource: the server responded with a status of ${status}\\b`));
      }
    }),
});

function startDemo(database: Database, mailbox: boolean): Promise<Assent> {
  return startServer({ database, mailbox, servers: database === 'postgres' ? 2 : 1 });
}
