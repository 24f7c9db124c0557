// Newsletters: switched on by their readers, written, tried, sent, and stopped by a link.

import type { Locator, Page } from '@playwright/test';
import { answer, call } from '../support/calls.ts';
import { expect, test } from '../support/fixtures.ts';
import { linkIn } from '../support/mailbox.ts';
import { accounts, hydrated, open } from '../support/pages.ts';

test.use({ ownServer: true });

interface Record {
  entries: { newsletter: string; choice: string; source: string; text_version: number; text: string }[];
}

function toggle(page: Page): Locator {
  return page.getByRole('switch', { name: 'Product news' });
}

async function switchOn(page: Page): Promise<void> {
  await open(page, '/profile');
  await toggle(page).check();
  await expect(page.locator('.toast')).toContainText('Product news is on');
}

/** Saves an issue of the first newsletter, as its page does, and stays on that page. */
async function write(admin: Page, subject: string, body: string): Promise<void> {
  await open(admin, '/newsletters');
  await admin.getByRole('link', { name: 'Product news' }).click();
  await admin.getByRole('button', { name: 'Write an issue' }).click();
  await expect(admin.getByRole('heading', { level: 1, name: 'Without a subject' })).toBeVisible();
  await admin.getByLabel('Subject (English)').fill(subject);
  await admin.getByLabel('Text (English)').fill(body);
  await admin.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(admin.getByRole('heading', { level: 1, name: subject })).toBeVisible();
}

async function send(admin: Page): Promise<void> {
  await admin.getByRole('button', { name: 'Send', exact: true }).click();
  const dialog = admin.getByRole('dialog', { name: 'Send this issue?' });
  await expect(dialog).toContainText("can't be called back");
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
}

test('a switch is saved at once, says so, and can be taken back', async ({ visitor }) => {
  const reader = await visitor(accounts.viewer);
  await open(reader, '/profile');
  await expect(reader.getByRole('switch')).toHaveCount(2);
  for (const one of await reader.getByRole('switch').all()) await expect(one).not.toBeChecked();
  await switchOn(reader);
  await expect(toggle(reader)).toBeFocused();
  await open(reader, '/profile');
  await expect(toggle(reader)).toBeChecked();
  await toggle(reader).uncheck();
  await expect(reader.locator('.toast')).toContainText('Product news is off');
  await reader.getByRole('button', { name: 'Undo' }).click();
  await expect(toggle(reader)).toBeChecked();
  const sent = await reader.request.get('/profile/newsletters.json');
  const { entries } = (await sent.json()) as Record;
  expect(entries.map(({ choice }) => choice)).toEqual(['on', 'off', 'on']);
  expect(entries[0]).toMatchObject({
    newsletter: 'Product news',
    source: 'profile',
    text_version: 1,
    text: 'Once a month: what is new in the console.',
  });

  await test.step('the record is a file', async () => {
    const waiting = reader.waitForEvent('download');
    await reader.getByRole('link', { name: 'Download as a table' }).click();
    expect((await waiting).suggestedFilename()).toBe('newsletters.csv');
  });
});

test('written, looked at, tried, sent, and stopped by the link', async ({ assent, visitor, allowStatus }) => {
  allowStatus(409);
  const reader = await visitor(accounts.viewer);
  await switchOn(reader);
  const admin = await visitor(accounts.admin);
  await write(admin, 'What is new', '# News\n\nIt is **fast** now. <script>window.bad = 1</script>');

  await test.step('preview', async () => {
    await admin.getByRole('button', { name: 'Preview' }).click();
    const preview = admin.locator('.prose');
    await expect(preview.locator('strong')).toHaveText('fast');
    await expect(preview.locator('script')).toHaveCount(0);
    expect(await admin.evaluate(() => 'bad' in window)).toBe(false);
  });

  await test.step('a test comes to its writer alone', async () => {
    await admin.getByRole('button', { name: 'Send a test to me' }).click();
    const mail = await assent.mailbox.wait(accounts.admin.email, /^\[Test\] What is new$/);
    expect(mail.html).toContain('<strong>fast</strong>');
    expect(assent.mailbox.to(accounts.viewer.email)).toEqual([]);
  });

  const watching = await visitor(accounts.admin, { server: 2 });
  await watching.goto(admin.url().replace(assent.url, assent.secondUrl));
  await expect(watching.locator('html')).toHaveAttribute('data-live', 'true');
  await send(admin);
  for (const page of [admin, watching]) {
    await expect(page.getByRole('status').filter({ hasText: 'Sent to all 1' })).toBeVisible();
    await expect(page.getByText('This issue was sent. What was sent can\'t be changed.')).toBeVisible();
    await expect(page.getByLabel('Subject (English)')).toBeDisabled();
  }

  const mail = await assent.mailbox.wait(accounts.viewer.email, /^What is new$/);
  await test.step('the mail says how to stop it', async () => {
    const link = `${assent.url}${linkIn(mail)}`;
    // Whichever server sent it.
    const links = [link, link.replace(assent.url, assent.secondUrl)].map((url) => `<${url}>`);
    expect(links).toContain(mail.headers['list-unsubscribe']);
    expect(mail.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
    expect(mail.html).not.toContain('<script');
    expect(mail.text).toContain('because you switched on “Product news”');
  });

  await test.step('sent twice is refused', async () => {
    const id = admin.url().split('/').at(-1);
    const again = await call(admin, 'newsletters/send_issue', { id, version: 3 });
    expect(again.status()).toBe(409);
    expect(assent.mailbox.to(accounts.viewer.email)).toHaveLength(1);
  });

  await test.step('the link stops it, without signing in', async () => {
    const nobody = await visitor();
    await nobody.goto(linkIn(mail));
    await open(reader, '/profile');
    await expect(toggle(reader), 'opening does nothing').toBeChecked();
    await nobody.getByRole('button', { name: 'Stop this newsletter' }).click();
    await expect(nobody.getByRole('heading', { level: 1, name: 'Done' })).toBeVisible();
    await open(reader, '/profile');
    await expect(toggle(reader)).not.toBeChecked();
    const { entries } = (await (await reader.request.get('/profile/newsletters.json')).json()) as Record;
    expect(entries.at(-1)).toMatchObject({ choice: 'off', source: 'mail_link' });
  });
});

test('nobody to send to, and half a language, are said', async ({ visitor, allowStatus }) => {
  allowStatus(409, 422);
  const admin = await visitor(accounts.admin);
  await write(admin, 'Hello', 'Hello');
  await send(admin);
  await expect(admin.getByRole('alert').filter({ hasText: 'Nobody has switched this newsletter on' })).toBeVisible();
  await admin.getByLabel('Subject (German)').fill('Hallo');
  await expect(admin.getByText('Save first: what is saved is what is sent.')).toBeVisible();
  await admin.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(admin.locator('.toast')).toContainText('Saved');
  await send(admin);
  await expect(admin.getByRole('link', { name: 'Text (German): This is needed' })).toBeVisible();
  await admin.getByRole('button', { name: 'Delete the draft' }).click();
  await expect(admin.getByText('No issue yet')).toBeVisible();
});

test('a newsletter is made, changed and closed', async ({ visitor, allowStatus }) => {
  allowStatus(422);
  const admin = await visitor(accounts.admin);
  await open(admin, '/newsletters');
  await admin.getByLabel('Name (English)').fill('Events');
  await admin.getByLabel('Text beside the switch (English)').fill('Where you can meet us.');
  await admin.getByRole('button', { name: 'Create' }).click();
  await expect(admin.getByRole('link', { name: 'Name (German): This is needed' })).toBeVisible();
  await admin.getByLabel('Name (German)').fill('Veranstaltungen');
  await admin.getByLabel('Text beside the switch (German)').fill('Wo Sie uns treffen.');
  await admin.getByRole('button', { name: 'Create' }).click();
  await expect(admin.getByRole('heading', { level: 1, name: 'Events' })).toBeVisible();
  await hydrated(admin);

  const reader = await visitor(accounts.viewer);
  await open(reader, '/profile');
  await reader.getByRole('switch', { name: 'Events' }).check();
  await expect(reader.locator('.toast')).toContainText('Events is on');
  await admin.getByRole('button', { name: 'Close this newsletter' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Close this newsletter' }).click();
  await expect(admin.getByText('This newsletter is closed: it can be neither changed nor sent.')).toBeVisible();
  await open(reader, '/profile');
  await expect(reader.getByRole('switch', { name: 'Events' })).toHaveCount(0);
  await open(admin, '/history');
  await expect(admin.locator('main')).toContainText('closed the newsletter “Events”');
});

test('whoever may not manage newsletters sees none of it', async ({ visitor, allowStatus }) => {
  allowStatus(403);
  const viewer = await visitor(accounts.viewer);
  await expect(viewer.getByRole('link', { name: 'Newsletters' })).toHaveCount(0);
  const response = await viewer.goto('/newsletters');
  expect(response?.status()).toBe(403);
  await hydrated(viewer);
  expect(await answer<unknown[]>(viewer, 'newsletters/own')).toHaveLength(2);
});
