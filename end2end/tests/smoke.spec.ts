import { expectAccessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { hydrated } from '../support/pages.ts';

test('the server is ready', async ({ assent, request }) => {
  for (const server of assent.servers) {
    const answer = await request.get(`${server.url}/health/ready`);
    expect(answer.status()).toBe(200);
  }
});

test('the sign-in page is taken over by the browser', async ({ page }) => {
  await page.goto('/sign-in');
  await hydrated(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expectAccessible(page);
});
