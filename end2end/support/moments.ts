// Moments by the browser's clock, to say how long something takes.

import type { Locator, Page } from '@playwright/test';

/** Clicks, and tells when the click arrived, by the browser's clock. */
export async function clickAndTell(page: Page, target: Locator): Promise<number> {
  await page.evaluate(() => {
    document.addEventListener('click', () => (document.body.dataset.clicked = String(Date.now())), {
      capture: true,
      once: true,
    });
  });
  await target.click();
  return page.evaluate(() => Number(document.body.dataset.clicked));
}
