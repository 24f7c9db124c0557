// Two admins at one role: the slower one is told what the faster one did.

import { answer, call, roleNamed } from '../support/calls.ts';
import { expect, test } from '../support/fixtures.ts';
import { accounts, open } from '../support/pages.ts';

test.use({ ownServer: true });

test('a stale tick is not saved, and what changed is shown', async ({ visitor, allowStatus }) => {
  allowStatus(409);
  const slow = await visitor(accounts.admin);
  const fast = await visitor(accounts.admin, { server: 2 });
  await open(slow, '/roles');
  // The other admin saves while this one's request is on its way.
  await slow.route(
    '**/fn/roles/set_permissions',
    async (route) => {
      const { id, version, permissions } = await roleNamed(fast, 'Billing manager');
      const more = [...permissions, 'users.view'];
      await answer(fast, 'roles/set_permissions', { id, version, permissions: more });
      await route.continue();
    },
    { times: 1 },
  );
  const tick = (permission: string) =>
    slow.getByRole('checkbox', { name: `${permission} for Billing manager`, exact: true });

  const refusal = slow.waitForResponse('**/fn/roles/set_permissions');
  await tick('Edit billing details').click();
  expect((await refusal).status()).toBe(409);
  await expect(slow.getByRole('alert').filter({ hasText: 'Somebody else was faster' })).toContainText(
    'Billing manager now views users. Your change was not saved; you now see what is stored.',
  );
  await expect(tick('View users')).toBeChecked();
  await expect(tick('Edit billing details')).toBeChecked();

  // What is shown is what is stored, so that the next attempt works.
  await tick('Edit billing details').click();
  await expect(slow.locator('.toast')).toContainText('Billing manager no longer edits billing details');
  const { permissions } = await roleNamed(fast, 'Billing manager');
  expect(permissions).toContain('users.view');
  expect(permissions).not.toContain('billing.edit');
});

test('a request with an old version answers 409 and changes nothing', async ({ visitor }) => {
  const admin = await visitor(accounts.admin);
  const { id, version, permissions } = await roleNamed(admin, 'Partner manager');
  const saved = await call(admin, 'roles/set_permissions', { id, version: version - 1, permissions: [] });
  expect(saved.status()).toBe(409);
  expect((await roleNamed(admin, 'Partner manager')).permissions).toEqual(permissions);
});

test('roles are created, renamed and deleted', async ({ visitor }) => {
  const admin = await visitor(accounts.admin);
  await open(admin, '/roles');
  await admin.getByRole('button', { name: 'New role' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Archivist');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(admin.locator('.toast')).toContainText('Archivist was created');

  await admin.getByRole('button', { name: 'More about Archivist' }).click();
  await dialog.getByRole('button', { name: 'Rename' }).click();
  await expect(dialog).toContainText('Rename Archivist');
  await dialog.getByLabel('Name').fill('Librarian');
  await dialog.getByRole('button', { name: 'Rename' }).click();
  await expect(admin.getByRole('columnheader', { name: /^Librarian/ })).toBeVisible();

  await admin.getByRole('button', { name: 'More about Librarian' }).click();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(dialog).toContainText('Nobody holds this role');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(admin.locator('.toast')).toContainText('Librarian was deleted');
  await expect(admin.getByRole('columnheader', { name: /^Librarian/ })).toHaveCount(0);
});
