// The guard over every other test: what goes wrong in a page's console fails the test that opened it.

import { test } from '../support/fixtures.ts';
import { open } from '../support/pages.ts';

test('an error in the console fails the test', async ({ page }) => {
  test.fail();
  await open(page, '/sign-in');
  await page.evaluate(() => console.error('planted'));
});

test('an uncaught error in a page of any context fails the test', async ({ browser, assent }) => {
  test.fail();
  const context = await browser.newContext({ baseURL: assent.url });
  const page = await context.newPage();
  await open(page, '/sign-in');
  const thrown = page.waitForEvent('pageerror');
  await page.evaluate(() => {
    setTimeout(() => {
      throw new Error('planted');
    });
  });
  await thrown;
  await context.close();
});

test('an error that the test expects passes', async ({ page, allowConsoleError, allowStatus }) => {
  allowConsoleError(/^planted$/);
  allowStatus(404);
  await open(page, '/sign-in');
  await page.evaluate(async () => {
    console.error('planted');
    await fetch('/pkg/nothing.js');
  });
});
