// Data requests: asking, answering, taking longer, and being told.

import { answer } from '../support/calls.ts';
import { expect, test } from '../support/fixtures.ts';
import { accounts, open } from '../support/pages.ts';
import { expectAccessible } from '../support/axe.ts';
import type { Page } from '@playwright/test';

test.use({ ownServer: true });
test.describe.configure({ timeout: 120_000 });

const tom = { email: 'tom@demo.test' };
const question = 'Question-kanarie: what do you know about me?';

/** Files a request by way of the page, and waits for its number. */
async function file(page: Page, text: string, number: number): Promise<void> {
  await open(page, '/privacy/requests');
  await page.getByLabel('Your request', { exact: true }).fill(text);
  await page.getByRole('button', { name: 'File the request' }).click();
  await expect(page.getByText(`Request no. ${number} was filed`)).toBeVisible();
  await expect(page.getByRole('link', { name: `Request no. ${number}`, exact: true })).toBeVisible();
}

/** The requests that wait, live. */
async function openList(page: Page): Promise<void> {
  await open(page, '/requests');
  await expect(page.locator('html')).toHaveAttribute('data-live', 'true');
}

test('a request is filed, answered, and read by its author, who is told by mail', async ({ assent, visitor }) => {
  const [author, officer] = [await visitor(tom), await visitor(accounts.dpo, { server: 2 })];
  await openList(officer);
  await expect(officer.getByRole('heading', { name: 'No request waits for an answer' })).toBeVisible();

  await open(author, '/support');
  await author.getByRole('main').getByRole('link', { name: 'Your data requests' }).click();
  await expect(author.getByRole('heading', { level: 1, name: 'Your data requests' })).toBeVisible();
  await author.getByLabel('What you ask for', { exact: true }).selectOption('Erase my data');
  await author.getByLabel('Your request', { exact: true }).fill(question);
  await author.getByRole('button', { name: 'File the request' }).click();
  await expect(author.getByText('Request no. 1 was filed')).toBeVisible();

  // The list that is open learns of it by itself.
  await officer.getByRole('link', { name: 'Request no. 1', exact: true }).click();
  await expect(officer.getByText(question)).toBeVisible();
  await expect(officer.getByText('Erase my data')).toBeVisible();
  await expectAccessible(officer);
  await officer.getByLabel('Answer', { exact: true }).fill('Answer-kanarie: your name.\nNothing else.');
  await officer.getByRole('button', { name: 'Send the answer' }).click();
  await expect(officer.getByText('Answered by')).toBeVisible();
  await expect(officer.getByRole('button', { name: 'Send the answer' })).toHaveCount(0);

  const mail = await assent.mailbox.wait(tom.email, /^Your data request at Northwind Partners was answered$/);
  expect(mail.text).toContain('/privacy/requests');
  for (const part of [mail.text, mail.html]) expect(part).not.toContain('kanarie');

  await author.getByRole('link', { name: 'Request no. 1', exact: true }).click();
  await expect(author.getByText('Answer-kanarie: your name.')).toBeVisible();
  await expect(author.getByRole('button', { name: 'Take it back' })).toHaveCount(0);
  await expectAccessible(author);
  await open(officer, '/history');
  await expect(officer.getByText('answered data request no. 1')).toBeVisible();
  expect(assent.output()).not.toContain('kanarie');
});

test('an answer can take two months more, once, and the author reads why', async ({ assent, visitor }) => {
  const [author, officer] = [await visitor(tom), await visitor(accounts.dpo)];
  await file(author, question, 1);
  await openList(officer);
  await officer.getByRole('link', { name: 'Request no. 1', exact: true }).click();
  await officer.getByLabel('Reason', { exact: true }).fill('Reason-kanarie: many of us are away.');
  await officer.getByRole('button', { name: 'Extend by two months' }).click();
  await expect(officer.getByText('Extended', { exact: true })).toBeVisible();
  await expect(officer.getByRole('button', { name: 'Extend by two months' })).toHaveCount(0);
  await expect(officer.getByRole('button', { name: 'Send the answer' })).toBeVisible();
  const mail = await assent.mailbox.wait(tom.email, /takes longer$/);
  expect(mail.text).not.toContain('kanarie');
  await open(author, '/privacy/requests');
  await author.getByRole('link', { name: 'Request no. 1', exact: true }).click();
  await expect(author.getByText('Reason-kanarie: many of us are away.')).toBeVisible();
});

test('whoever answers second is told, and what they typed is still there', async ({ visitor }) => {
  const [author, first, second] = [await visitor(tom), await visitor(accounts.dpo), await visitor(accounts.admin)];
  await file(author, question, 1);
  for (const officer of [first, second]) {
    await openList(officer);
    await officer.getByRole('link', { name: 'Request no. 1', exact: true }).click();
    await officer.getByLabel('Answer', { exact: true }).fill(officer === first ? 'The first.' : 'The second.');
  }
  await first.getByRole('button', { name: 'Send the answer' }).click();
  await expect(second.getByText('The first.')).toBeVisible();
  const typed = second.getByLabel('Answer', { exact: true });
  await expect(typed).toBeDisabled();
  await expect(typed).toHaveValue('The second.');
  await expect(second.getByText('Not saved')).toBeVisible();
});

test('a request of 100,000 characters is refused and loses nothing', async ({ visitor }) => {
  const author = await visitor(tom);
  await open(author, '/privacy/requests');
  const text = author.getByLabel('Your request', { exact: true });
  await text.fill('x'.repeat(100_000));
  await author.getByRole('button', { name: 'File the request' }).click();
  await expect(author.locator('.field .error')).toHaveText('At most 10000 characters');
  expect((await text.inputValue()).length).toBe(100_000);
  await text.fill('');
  await author.getByRole('button', { name: 'File the request' }).click();
  await expect(author.locator('.field .error')).toHaveText('This is needed');
  const { requests } = await answer<{ requests: unknown[] }>(author, 'requests/list_own', { after: null });
  expect(requests).toEqual([]);
});

test('a request can be taken back, and an officer answers their own with a mark', async ({ visitor }) => {
  const officer = await visitor(accounts.dpo);
  await file(officer, question, 1);
  await officer.getByRole('link', { name: 'Request no. 1', exact: true }).click();
  await officer.getByRole('button', { name: 'Take it back' }).click();
  await officer.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click();
  await expect(officer.getByText('Taken back', { exact: true })).toBeVisible();
  await file(officer, question, 2);
  await open(officer, '/requests');
  await officer.getByRole('link', { name: 'Request no. 2', exact: true }).click();
  await expect(officer.getByText('This is your own request.')).toBeVisible();
  await officer.getByLabel('Answer', { exact: true }).fill('To myself.');
  await officer.getByRole('button', { name: 'Send the answer' }).click();
  await expect(officer.getByText('by the author')).toBeVisible();
});
