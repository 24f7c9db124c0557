// The code of a page comes when the page is opened.

import type { Page } from '@playwright/test';
import { expect, test } from '../support/fixtures.ts';
import { accounts, hydrated, open } from '../support/pages.ts';

/** The chunks whose own piece a page has fetched, in order. */
function chunks(page: Page): string[] {
  const fetched: string[] = [];
  page.on('request', (request) => {
    const [, chunk] = /\/pkg\/split_(\w+)\./.exec(request.url()) ?? [];
    if (chunk) fetched.push(chunk);
  });
  return fetched;
}

/** Marks the document: a page that was loaded anew has no mark. */
const mark = (page: Page): Promise<void> => page.evaluate(() => document.body.setAttribute('data-mark', ''));
const marked = (page: Page): Promise<boolean> => page.evaluate(() => document.body.hasAttribute('data-mark'));

test('the code of a page is fetched when a link to it is followed, and only then', async ({ visitor }) => {
  const admin = await visitor(accounts.admin);
  const fetched = chunks(admin);
  await open(admin, '/');
  await admin.waitForLoadState('networkidle');
  expect([...new Set(fetched)], 'for the first page').toEqual(['overview']);

  await mark(admin);
  await admin.getByRole('link', { name: 'Manage Roles', exact: true }).first().click();
  await expect(admin.getByRole('heading', { level: 1 })).toHaveText('Manage Roles');
  expect([...new Set(fetched)]).toEqual(['overview', 'roles']);
  await admin.getByRole('checkbox').first().waitFor();

  const before = fetched.length;
  await admin.getByRole('link', { name: 'Overview', exact: true }).first().click();
  await expect(admin.getByRole('heading', { level: 1 })).toHaveText('Overview');
  await admin.goBack();
  await expect(admin.getByRole('heading', { level: 1 })).toHaveText('Manage Roles');
  expect(fetched.length, 'what is there is not fetched again').toBe(before);
  expect(await marked(admin), 'the document is still the first one').toBe(true);
});

test('a chunk is told of with the head of the answer, and kept for good', async ({ visitor }) => {
  const admin = await visitor(accounts.admin);
  const chunk = admin.waitForResponse(/\/pkg\/split_roles\./);
  const page = await admin.goto('/roles');
  expect(page!.headers()['link']).toMatch(/<\/pkg\/split_roles\.[0-9a-f]+\.wasm>; rel=preload; as=fetch; crossorigin/);
  const headers = (await chunk).headers();
  expect(headers['content-type']).toBe('application/wasm');
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(headers['content-encoding']).toMatch(/^(br|gzip)$/);
});

test('where the code of a page cannot be fetched, the page is loaded anew', async ({ visitor, allowConsoleError }) => {
  allowConsoleError(/Failed to load resource: net::ERR_FAILED|Failed to fetch/);
  const admin = await visitor(accounts.admin);
  await open(admin, '/');
  await mark(admin);
  let refused = 0;
  let loadedAnew = false;
  admin.on('request', (request) => (loadedAnew ||= request.isNavigationRequest()));
  await admin.route(/\/pkg\/split_users\./, (route) => {
    if (loadedAnew) return route.continue();
    refused += 1;
    return route.abort();
  });
  await admin.getByRole('link', { name: 'Users', exact: true }).first().click();
  await admin.waitForURL('/users');
  await hydrated(admin);
  expect(refused).toBeGreaterThan(0);
  expect(await marked(admin), 'the document is another one').toBe(false);
  await expect(admin.getByRole('heading', { level: 1 })).toHaveText('Users');
});

test('a page whose code comes late is there all the same, and works once it has come', async ({
  visitor,
  allowConsoleError,
}) => {
  allowConsoleError(/Failed to load resource: net::ERR_FAILED|Failed to fetch/);
  const admin = await visitor(accounts.admin);
  let refused = 0;
  await admin.route(/\/pkg\/split_roles\./, (route) => (++refused <= 2 ? route.abort() : route.continue()));
  await admin.goto('/roles');
  await expect(admin.getByRole('heading', { level: 1 })).toHaveText('Manage Roles');
  await hydrated(admin);
  expect(refused).toBeGreaterThan(2);
  await admin.getByRole('button', { name: 'New role' }).click();
  await expect(admin.getByRole('dialog')).toBeVisible();
});
