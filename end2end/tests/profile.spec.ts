// One's own account: changing it, and ending it.

import { readFile, writeFile } from 'node:fs/promises';
import { answer } from '../support/calls.ts';
import { dump, sqliteFiles, tablesWith } from '../support/database.ts';
import { expect, test } from '../support/fixtures.ts';
import { linkIn } from '../support/mailbox.ts';
import { accounts, demoPassword, hydrated, open, signIn } from '../support/pages.ts';

test.use({ ownServer: true });

const name = 'Karla Nowak-Zephyr';
const email = 'karla.zephyr@demo.test';

test('a user changes name and address, and terminates the account', async ({ assent, visitor, allowStatus }) => {
  // The wrong password answers 422, and who is no longer signed in is refused.
  allowStatus(401, 422);
  const admin = await visitor(accounts.admin);
  const user = await visitor({ email: 'carla@demo.test' });

  await test.step('name and address change', async () => {
    await open(user, '/profile');
    await user.getByLabel('Name', { exact: true }).fill(name);
    await user.getByLabel('E-mail address', { exact: true }).fill(email);
    await user.getByRole('button', { name: 'Save' }).click();
    await expect(user.locator('.toast')).toContainText('Saved');
    await expect(user.getByText(`New address: ${email}`)).toBeVisible();
    await open(user, linkIn(await assent.mailbox.wait(email, /confirm/i)));
    await user.getByRole('button', { name: 'Confirm the address' }).click();
    await expect(user.getByText('The new address is confirmed')).toBeVisible();
    await open(user, '/profile');
    await expect(user.getByLabel('Name', { exact: true })).toHaveValue(name);
    await expect(user.getByLabel('E-mail address', { exact: true })).toHaveValue(email);
  });

  const elsewhere = await visitor({ email }, { server: 2 });
  await expect(elsewhere.locator('html')).toHaveAttribute('data-live', 'true');
  const { user: id } = await answer<{ user: string }>(user, 'sign_in/current');
  const before = await traces(await dump(assent), id);
  expect(before.userContact, 'the address, encrypted, and its lookup hash').toHaveLength(1);
  expect(before.userKey, 'the key to it').toHaveLength(1);
  expect(before.secrets.length, 'lookup hash, ciphertext, key').toBe(3);
  expect(tablesWith(before.dumped, email), 'the address is nowhere in the clear').toEqual({});
  expect(tablesWith(before.dumped, name), 'the name stands in its one column').toEqual({ person: 1 });

  await test.step('what goes and what stays is said first', async () => {
    await open(user, '/profile');
    await user.getByRole('link', { name: 'See what goes and what stays' }).click();
    await expect(user.getByRole('heading', { level: 2, name: 'What goes' })).toBeVisible();
    await expect(user.getByRole('listitem').filter({ hasText: 'The key that the address could be read with' })).toBeVisible();
    await expect(user.getByRole('listitem').filter({ hasText: 'Sign-ins: 2' })).toBeVisible();
    await expect(user.getByRole('listitem').filter({ hasText: 'Roles: 1' })).toBeVisible();
    await expect(user.locator('main')).toContainText(`Your name, ${name}, stays`);
  });

  await test.step('the password is asked for', async () => {
    await hydrated(user);
    await user.getByLabel('Password', { exact: true }).fill('not the password');
    await user.getByRole('button', { name: 'Terminate my account' }).click();
    await expect(user.getByRole('alert').filter({ hasText: 'This is not your password' })).toBeVisible();
    await user.getByLabel('Password', { exact: true }).fill(demoPassword);
    await user.getByRole('button', { name: 'Terminate my account' }).click();
  });

  await test.step('it is signed out everywhere', async () => {
    await expect(user.getByRole('heading', { level: 1, name: 'The account is terminated' })).toBeVisible();
    await expect(elsewhere.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
    for (const page of [user, elsewhere]) expect(await answer(page, 'sign_in/current')).toBeNull();
  });

  await test.step('there is a receipt, and the file can be checked without the server', async () => {
    await expect(user.getByRole('listitem').filter({ hasText: 'Sign-ins: 2' })).toBeVisible();
    await expect(user.getByText('Erased', { exact: true })).toBeVisible();
    const download = user.waitForEvent('download');
    await user.getByRole('link', { name: 'Download the receipt' }).click();
    const file = await (await download).path();
    const key = (await assent.command('receipt-key')).trim();
    expect(await assent.command('verify-receipt', '--key', key, file)).toContain('The receipt is genuine');
    const text = await readFile(file, 'utf8');
    expect(text).not.toContain(name);
    await writeFile(file, text.replace('"count": 2', '"count": 3'));
    await expect(assent.command('verify-receipt', '--key', key, file)).rejects.toThrow(/signature doesn't fit/);
  });

  await test.step('the history still shows the name', async () => {
    await open(admin, '/history');
    const entry = admin.getByRole('listitem').filter({ hasText: 'terminated the account of' });
    await expect(entry).toContainText(name);
    await expect(entry.getByText('terminated', { exact: true }).first()).toBeVisible();
  });

  await test.step('the databases hold nothing but the name', async () => {
    const after = await dump(assent);
    for (const secret of before.secrets) expect(tablesWith(after, secret)).toEqual({});
    expect(tablesWith(after, name)).toEqual({ person: 1 });
    expect(tablesWith(after, email)).toEqual({});
    const left = { ...tablesWith(after, before.idText) };
    expect(Object.keys(left).sort(), 'where the id still stands').toEqual(['history', 'person']);
    if (assent.database === 'sqlite') {
      for (const [file, bytes] of await sqliteFiles(assent)) {
        for (const secret of before.secrets) {
          expect(bytes.includes(Buffer.from(secret.slice(2), 'hex')), `${secret} in ${file}`).toBe(false);
        }
      }
    }
  });
});

test('the last platform admin has to appoint another one first', async ({ visitor }) => {
  const admin = await visitor(accounts.admin);
  await open(admin, '/profile/terminate');
  await expect(admin.locator('main')).toContainText('Appoint another platform admin first');
  await expect(admin.getByLabel('Password', { exact: true })).toHaveCount(0);
});

test('who is signed out signs in and comes back', async ({ visitor }) => {
  const page = await visitor();
  await open(page, '/profile');
  await expect(page).toHaveURL(/\/sign-in\?return_to=/);
  await page.getByLabel('E-mail address', { exact: true }).fill(accounts.viewer.email);
  await page.getByLabel('Password', { exact: true }).fill(demoPassword);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/profile');
  await open(page, '/');
  await page.getByRole('button', { name: 'Sign out' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  await signIn(page, accounts.viewer);
});

/** What the databases hold of a user that must not be there afterwards. */
async function traces(dumped: Awaited<ReturnType<typeof dump>>, id: string) {
  const userContact = rowsOf(dumped, 'user_contact', id);
  const userKey = rowsOf(dumped, 'assent_keys.user_key', id);
  const secrets = [...userContact.flatMap((row) => [row.lookup, row.address]), ...userKey.map((row) => row.wrapped)];
  return {
    dumped,
    userContact,
    userKey,
    secrets: secrets.filter((secret): secret is string => secret !== undefined),
    idText: String(userContact[0]?.user_id),
  };
}

function rowsOf(dumped: Awaited<ReturnType<typeof dump>>, table: string, id: string): Record<string, string>[] {
  const rows = (dumped.get(table) ?? []).map((row) => JSON.parse(row) as Record<string, string>);
  return rows.filter(({ user_id }) => user_id?.replace('\\x', '').replaceAll('-', '') === id.replaceAll('-', ''));
}
