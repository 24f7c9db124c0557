// Everything that a page is told.

import type { Page, Route } from '@playwright/test';
import { open } from './pages.ts';

/** Records the headers and bodies of all responses to a page, its live events, and what it then holds. */
export class Recorder {
  readonly #texts = new Set<string>();
  readonly #page: Page;
  readonly #record = (route: Route): Promise<void> => this.#pass(route);

  private constructor(page: Page) {
    this.#page = page;
  }

  static async start(page: Page): Promise<Recorder> {
    const recorder = new Recorder(page);
    // Nothing reaches the page before it is written down.
    await page.route('**/*', recorder.#record);
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    session.on('Network.eventSourceMessageReceived', ({ eventName, data }) => recorder.#keep(eventName, data));
    return recorder;
  }

  /** Opens a page. */
  async visit(path: string): Promise<void> {
    await open(this.#page, path);
    await this.#page.waitForLoadState('networkidle');
    this.#keep(await this.#page.content());
  }

  /** Ends the recording and gives all of it. */
  async stop(): Promise<string[]> {
    await this.#page.unroute('**/*', this.#record);
    return [...this.#texts];
  }

  async #pass(route: Route): Promise<void> {
    // The stream has no end: its messages are recorded one by one.
    if (new URL(route.request().url()).pathname === '/events') return route.continue();
    const response = await route.fetch({ maxRedirects: 0 });
    this.#keep(JSON.stringify(response.headersArray()), await response.text());
    return route.fulfill({ response });
  }

  #keep(...texts: string[]): void {
    for (const text of texts) this.#texts.add(text);
  }
}
