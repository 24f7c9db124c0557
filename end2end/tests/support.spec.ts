// How to reach the organisation: set by those who may, seen by everybody.

import { expect, test } from '../support/fixtures.ts';
import { accounts, hydrated, open } from '../support/pages.ts';
import { expectAccessible } from '../support/axe.ts';

test.use({ ownServer: true });
test.describe.configure({ timeout: 120_000 });

test('channels are put in order by keyboard, and shown to who is signed out', async ({ assent, visitor, allowStatus }) => {
  // What was typed wrongly on purpose.
  allowStatus(422);
  const [admin, nobody] = [await visitor(accounts.admin), await visitor()];
  await open(nobody, '/support');
  await expect(nobody.getByRole('heading', { name: 'No way to reach support is given here' })).toBeVisible();

  await open(admin, '/organisation');
  await admin.getByRole('link', { name: 'Set how you are reached' }).click();
  await expect(admin.getByRole('heading', { level: 1, name: 'Support' })).toBeVisible();
  const field = (name: string) => admin.getByLabel(name, { exact: true });
  await field('E-mail').fill('help+first@northwind.example');
  await field('Phone').fill('+49 (30) 123-456');
  await field('Hours by phone').fill('Mon to Fri, 9 to 17');
  await field('Chat link').fill('javascript:alert(1)');
  await field('Data protection contact').fill('Dana Petersen');
  await field('E-mail of the data protection contact').fill('privacy@northwind.example');
  const down = admin.getByRole('button', { name: 'Move down E-mail', exact: true });
  await down.focus();
  await admin.keyboard.press('Enter');
  await expect(down).toBeFocused();
  await expect(admin.getByText('Unsaved changes')).toBeVisible();
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(admin.locator('.field .error')).toHaveText('This is not a web address that begins with https://');
  await expect(field('E-mail')).toHaveValue('help+first@northwind.example');
  await field('Chat link').fill('https://chat.northwind.example/help');
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByText('Saved', { exact: true })).toBeVisible();

  await open(nobody, '/sign-in');
  await nobody.getByRole('link', { name: 'Support' }).click();
  await hydrated(nobody);
  await expect(nobody.getByRole('heading', { level: 1, name: 'Support' })).toBeVisible();
  const links = nobody.getByRole('main').getByRole('listitem').getByRole('link');
  const hrefs = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  expect(hrefs).toEqual([
    'tel:+4930123456',
    'mailto:help%2Bfirst@northwind.example',
    'https://chat.northwind.example/help',
  ]);
  await expect(nobody.getByText('Mon to Fri, 9 to 17')).toBeVisible();
  await expect(nobody.getByText('Dana Petersen')).toBeVisible();
  await expectAccessible(nobody);

  // From there to a request, by way of signing in.
  await nobody.getByRole('link', { name: 'Sign in to ask about your data' }).click();
  await nobody.waitForURL('**/sign-in?return_to=%2Fprivacy%2Frequests');

  // Where there are several, who is signed out names one. The form needs no script.
  const id = assent.database === 'sqlite' ? 'randomblob(16)' : 'gen_random_uuid()';
  await assent.execute(
    `INSERT INTO organisation (id, name, time_zone, version, created_at) VALUES (${id}, 'Southwind', 'UTC', 1, 0)`,
  );
  const plain = await visitor(undefined, { javaScriptEnabled: false });
  await plain.goto('/support');
  await expect(plain.getByText('Mon to Fri, 9 to 17')).toHaveCount(0);
  const name = plain.getByLabel('Organisation', { exact: true });
  await name.fill('Northwind Partners');
  await plain.getByRole('button', { name: 'Show' }).click();
  await expect(plain.getByText('Mon to Fri, 9 to 17')).toBeVisible();
  for (const other of ['Southwind', 'Nowhere']) {
    await plain.goto(`/support?organisation=${other}`);
    await expect(plain.getByRole('heading', { name: 'No way to reach support is given here' })).toBeVisible();
  }
});
