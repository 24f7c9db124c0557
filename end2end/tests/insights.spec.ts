// Anonymous usage: what is counted, what is not, and how it is shown.

import type { Page } from '@playwright/test';
import { call } from '../support/calls.ts';
import { dump } from '../support/database.ts';
import { expectAccessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { accounts, open, signIn } from '../support/pages.ts';

/** The pages that the browser says were opened in it, one after the other. */
function told(page: Page): string[] {
  const features: string[] = [];
  page.on('request', (request) => {
    if (!request.url().endsWith('/fn/insights/count')) return;
    features.push((request.postDataJSON() as { request: { feature: string } }).request.feature);
  });
  return features;
}

const usage = (page: Page) => page.getByRole('region', { name: 'Anonymous usage' });

test('each page that is opened in the browser counts once, and the next one says so', async ({ visitor }) => {
  const viewer = await visitor(accounts.viewer);
  const features = told(viewer);
  await viewer.getByRole('link', { name: 'Partners', exact: true }).first().click();
  await expect(viewer.getByRole('heading', { level: 1, name: 'Partners' })).toBeVisible();
  // A search and another page of the list are no openings.
  await viewer.getByRole('link', { name: /Next|Weiter/ }).first().click();
  await viewer.waitForURL(/after=/);
  await viewer.waitForLoadState('networkidle');
  expect(features).toEqual(['partners']);
  await viewer.getByRole('link', { name: 'What we store' }).first().click();
  await expect(usage(viewer)).toContainText('The page before it added 1 to “List of partners”.');
  await expect(usage(viewer)).toContainText('This page added 1 to “What we store”.');
  await expect(usage(viewer)).toContainText('all organisations of this installation together');
  await viewer.waitForLoadState('networkidle');
  expect(features).toEqual(['partners', 'privacy']);
  // Loaded anew, the server counts it, and the browser says nothing.
  await open(viewer, '/privacy');
  await expect(usage(viewer)).toContainText('What the page before it added is not known');
  await viewer.waitForLoadState('networkidle');
  expect(features).toEqual(['partners', 'privacy']);
  await usage(viewer).getByText('The rows as they stand').click();
  const counts = await usage(viewer).getByRole('table').getByRole('cell').filter({ hasText: /^\d+$/ }).allInnerTexts();
  expect(counts.length).toBeGreaterThan(10);
  for (const count of counts) expect(Number(count) % 5, count).toBe(0);
});

test('a browser that asks not to be counted is told that it is not', async ({ visitor }) => {
  for (const header of ['Sec-GPC', 'DNT']) {
    const viewer = await visitor(undefined, { extraHTTPHeaders: { [header]: '1' } });
    await signIn(viewer, accounts.viewer);
    const answered = viewer.waitForResponse((response) => response.url().endsWith('/fn/insights/count'));
    await viewer.getByRole('link', { name: 'What we store' }).first().click();
    expect(await (await answered).text()).toBe('false');
    await expect(usage(viewer)).toContainText('Your browser asks not to be counted');
    await expect(usage(viewer)).not.toContainText('added 1');
    await open(viewer, '/privacy');
    await expect(usage(viewer)).toContainText('Your browser asks not to be counted');
  }
});

test('the counts are drawn, as a table and as a file', async ({ assent, visitor, allowStatus }) => {
  allowStatus(403);
  const officer = await visitor(accounts.dpo);
  await officer.getByRole('link', { name: 'Usage' }).first().click();
  await expect(officer.getByRole('heading', { level: 1, name: 'Usage' })).toBeVisible();
  const drawing = officer.getByRole('img', { name: 'List of partners' });
  await expect(drawing).toHaveAccessibleDescription(/A bar for each day from .+ fewer than 10/);
  await expectAccessible(officer);

  const month = (await officer.locator(`#${await drawing.getAttribute('aria-describedby')}`).textContent())!;
  await officer.getByRole('link', { name: '12 weeks' }).click();
  await officer.waitForURL(/period=quarter/);
  const table = officer.getByRole('table', { name: 'List of partners' });
  await expect(officer.getByRole('link', { name: '12 weeks' })).toHaveAttribute('aria-current', 'page');
  const partners = officer.locator('section').filter({ has: officer.getByRole('heading', { name: 'List of partners' }) });
  await expect(drawing).not.toHaveAccessibleDescription(month);
  await partners.getByText('As a table').click();
  await expect(table.getByRole('row')).toHaveCount(1 + 84);
  await expect(table.getByRole('cell', { name: 'fewer than 10' }).first()).toBeVisible();
  const cells = await table.getByRole('cell').allInnerTexts();
  for (const cell of cells) expect(cell === 'fewer than 10' || Number(cell) % 5 === 0, cell).toBe(true);

  const download = officer.waitForEvent('download');
  await officer.getByRole('link', { name: 'Download as CSV' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('usage.csv');
  const csv = await (await officer.request.get('/insights.csv?period=quarter')).text();
  const counts = [...csv.matchAll(/"([^"]+)"\r?$/gm)].map(([, count]) => count!).slice(1);
  expect(counts).toHaveLength(84 * 24);
  for (const count of counts) expect(count === 'fewer than 10' || Number(count) % 5 === 0, count).toBe(true);
  // What is in the database is not what is shown.
  const stored = (await dump(assent)).get('usage_count')!.map((row) => (JSON.parse(row) as { count: number }).count);
  expect(stored.some((count) => count % 5 !== 0)).toBe(true);

  const viewer = await visitor(accounts.viewer);
  await expect(viewer.getByRole('link', { name: 'Usage' })).toHaveCount(0);
  expect((await call(viewer, 'insights/find', { period: 'month' })).status()).toBe(403);
  expect((await viewer.request.get('/insights.csv')).status()).toBe(403);
  expect((await viewer.goto('/insights'))?.status()).toBe(403);
});

test('all of it works without JavaScript, in German and on a narrow screen', async ({ browser, assent, visitor }) => {
  const officer = await visitor(accounts.dpo);
  const state = await officer.context().storageState();
  const context = await browser.newContext({
    baseURL: assent.url,
    storageState: state,
    javaScriptEnabled: false,
    viewport: { width: 360, height: 740 },
  });
  const page = await context.newPage();
  await page.goto('/insights?period=month');
  await expect(page.getByRole('img', { name: 'List of partners' })).toBeVisible();
  await page.getByText('As a table').first().click();
  await expect(page.getByRole('table', { name: 'Overview' }).getByRole('row')).toHaveCount(1 + 30);
  await page.getByRole('link', { name: 'A year' }).click();
  await expect(page).toHaveURL(/period=year/);
  await expect(page.getByRole('img', { name: 'List of partners' })).toBeVisible();
  await page.goto('/privacy');
  await expect(usage(page)).toContainText('This page added 1 to “What we store”.');
  await page.goto('/insights');
  await page.getByText('Menu').click();
  await page.getByRole('link', { name: 'What we store' }).last().click();
  await expect(usage(page)).toContainText('The page before it added 1 to “Usage”.');
  await call(officer, 'sign_in/set_language', { language: 'de' });
  await page.goto('/insights');
  await expect(page.getByRole('heading', { level: 1, name: 'Nutzung' })).toBeVisible();
  await expect(page.getByRole('img', { name: 'Liste der Partner' })).toBeVisible();
  await call(officer, 'sign_in/set_language', { language: 'en' });
  await context.close();
});
