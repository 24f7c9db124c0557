// What is stored about somebody, who looked, and taking it along.

import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { answer } from '../support/calls.ts';
import { ageProofs } from '../support/database.ts';
import { expect, test } from '../support/fixtures.ts';
import { accounts, demoPassword, hydrated, open } from '../support/pages.ts';
import { unzip } from '../support/zip.ts';

test.use({ ownServer: true });

interface Data {
  $schema: string;
  version: number;
  records: { table: string; values: Record<string, unknown> }[];
}

test('a user sees what is stored, who looked, and takes it along', async ({ assent, visitor, allowStatus }) => {
  allowStatus(403, 404);
  const user = await visitor(accounts.viewer);
  const admin = await visitor(accounts.admin);

  await test.step('what is stored, with why and for whom', async () => {
    await user.getByRole('link', { name: 'What we store' }).first().click();
    await expect(user.getByRole('heading', { level: 1, name: 'What we store' })).toBeVisible();
    const address = user.getByRole('listitem').filter({ hasText: 'viewer@demo.test' }).first();
    await expect(address).toContainText('E-mail address');
    await expect(address).toContainText('Art. 6(1)(b) GDPR');
    await expect(address).toContainText('At the latest until your account is terminated');
    await expect(address).toContainText('Whoever holds “Manage users”: 1 person');
    const withheld = user.locator('details').filter({ has: user.getByRole('heading', { name: 'Stored, and not shown' }) });
    await expect(withheld.getByText('Why it is not shown').first()).toBeHidden();
    await withheld.locator('summary').click();
    await expect(withheld.getByRole('listitem').filter({ hasText: 'Password' }).first()).toContainText('Why it is not shown');
    await expect(user.getByRole('region', { name: 'Never stored' })).toContainText('No network address');
  });

  await test.step('who looked, and not before', async () => {
    const looked = user.getByRole('region', { name: 'Who looked' });
    await expect(looked).toContainText('Nobody has opened your page');
    const { user: id } = await answer<{ user: string }>(user, 'sign_in/current');
    const { name } = await answer<{ name: string }>(admin, 'sign_in/current');
    await open(admin, `/users/${id}`);
    await open(user, '/privacy');
    await expect(looked.getByRole('row', { name })).toHaveCount(1);
    await open(admin, '/privacy');
    await expect(admin.getByRole('region', { name: 'Who looked' })).toContainText('Nobody has opened your page');
  });

  const path = await test.step('a file is made, after a fresh proof', async () => {
    await ageProofs(assent);
    await open(user, '/privacy');
    await expect(user.locator('html')).toHaveAttribute('data-live', 'true');
    await user.getByRole('button', { name: 'Make a file' }).click();
    const proof = user.getByRole('dialog');
    await proof.getByLabel('Password', { exact: true }).fill(demoPassword);
    await proof.getByRole('button').last().click();
    // It appears by itself, by a live event.
    const link = user.getByRole('link', { name: 'Download the file' });
    await expect(link).toBeVisible();
    return (await link.getAttribute('href'))!;
  });

  await test.step('the file holds it all', async () => {
    await ageProofs(assent);
    const late = await get(user, path);
    expect([late.status(), late.headers()['location']], 'not without a proof').toEqual([303, '/privacy']);
    const download = user.waitForEvent('download');
    await user.getByRole('link', { name: 'Download the file' }).click();
    const proof = user.getByRole('dialog');
    await proof.getByLabel('Password', { exact: true }).fill(demoPassword);
    await proof.getByRole('button').last().click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('assent-export.zip');
    const files = unzip(await readFile(await file.path()));
    expect([...files.keys()]).toEqual(['data.json', 'export-1.json', 'index.html']);
    const data = JSON.parse(files.get('data.json')!) as Data;
    expect(data.version).toBe(1);
    const value = (table: string, column: string) => data.records.find((row) => row.table === table)?.values[column];
    expect(value('user_contact', 'address')).toBe('viewer@demo.test');
    expect(value('profile_view', 'looked_on')).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(files.get('index.html')).toContain('viewer@demo.test');
    const schema = await user.request.get('/schemas/export-1.json');
    expect(schema.headers()['content-type']).toBe('application/schema+json');
    expect(await schema.text()).toBe(files.get('export-1.json'));
    expect(new URL(data.$schema).pathname).toBe('/schemas/export-1.json');
  });

  await test.step('for nobody else', async () => {
    const own = await get(user, path);
    expect(own.status()).toBe(200);
    expect(own.headers()).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'application/zip' });
    expect(own.headers()['content-disposition']).toContain('attachment');
    expect((await get(admin, path)).status()).toBe(404);
    const nobody = await visitor();
    const refused = await get(nobody, path);
    expect(refused.status()).toBe(303);
    expect(refused.headers()['location']).toBe('/sign-in?return_to=%2Fprivacy');
  });
});

test('the page is there in German, by keyboard and on a narrow screen', async ({ visitor }) => {
  const user = await visitor(accounts.viewer, { viewport: { width: 360, height: 740 } });
  await answer(user, 'sign_in/set_language', { language: 'de' });
  await open(user, '/privacy');
  await expect(user.getByRole('heading', { level: 1, name: 'Was wir speichern' })).toBeVisible();
  await expect(user.locator('main')).toContainText('Spätestens bis Ihr Konto beendet wird');
  const overflow = await user.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow, 'nothing is wider than the screen').toBe(0);
  await user.getByRole('button', { name: 'Datei erstellen' }).focus();
  await user.keyboard.press('Enter');
  await expect(user.getByRole('link', { name: 'Datei herunterladen' })).toBeVisible();
  await user.reload();
  await hydrated(user);
  await expect(user.getByRole('link', { name: 'Datei herunterladen' })).toBeVisible();
});

function get(page: Page, path: string) {
  return page.request.get(path, { maxRedirects: 0 });
}
