// The history: filtered, taken along, one's own, and checked for changes.

import { readFile } from 'node:fs/promises';
import { expectAccessible } from '../support/axe.ts';
import { answer, call, roleNamed, type Role } from '../support/calls.ts';
import { found, organisationCanaries, partnerCanaries, plant, type PartnerBilling } from '../support/canaries.ts';
import { expect, test } from '../support/fixtures.ts';
import { lengthen, takeSlowly } from '../support/history.ts';
import { accounts, hydrated, open } from '../support/pages.ts';

test.use({ ownServer: true });

test('what is listed can be narrowed, linked to and taken along', async ({ visitor, allowStatus }) => {
  allowStatus(403);
  const admin = await visitor(accounts.admin);
  await answer(admin, 'roles/create', { name: 'Auditor' });
  const viewer = await visitor(accounts.viewer);
  await answer(viewer, 'partners/create', { fields: { name: 'Acme', kind: 'agency', website: '', country: '', contact_person: '', note: '' } });
  await open(admin, '/history');
  const entries = admin.getByRole('main').getByRole('listitem');
  await expect(entries.first()).toContainText('created the partner Acme');

  await test.step('by topic', async () => {
    await admin.getByLabel('Topic').selectOption({ label: 'Roles and rights' });
    await expect(admin).toHaveURL(/\/history\?topic=rights$/);
    await expect(entries.first()).toContainText('created the role “Auditor”');
    await expect(admin.getByRole('main')).not.toContainText('Acme');
    await expectAccessible(admin);
  });

  await test.step('by person, with the topic', async () => {
    await entries.first().getByRole('link', { name: 'Alex Admin' }).click();
    await expect(admin).toHaveURL(/\/history\?person=/);
    await expect(admin.getByRole('main')).toContainText(/Only what .+ did is listed/);
    await admin.getByLabel('Topic').selectOption({ label: 'Partners' });
    await expect(admin.getByRole('main')).not.toContainText('Acme');
    await admin.getByRole('link', { name: 'Show what everybody did' }).click();
    await expect(admin).toHaveURL(/\/history\?topic=partners$/);
    await expect(entries.first()).toContainText('Acme');
  });

  await test.step('by a name, with the keyboard or a click', async () => {
    const main = admin.getByRole('main');
    const field = admin.getByRole('combobox', { name: 'Done by' });
    await field.fill('Tom');
    await expect(main).toContainText('Nobody of that name did anything.');
    await field.fill('OKO');
    const vincent = admin.getByRole('option', { name: 'Vincent Okoro' });
    await expect(vincent).toHaveAttribute('aria-selected', 'true');
    await expectAccessible(admin);
    await field.press('Escape');
    await expect(vincent).toHaveCount(0);
    await field.fill('in');
    await expect(admin.getByRole('listbox', { name: 'Done by' }).getByRole('option')).toHaveText(['Alex Admin', 'Vincent Okoro'].map((name) => new RegExp(name)));
    await field.press('ArrowDown');
    await expect(vincent).toHaveAttribute('aria-selected', 'true');
    await field.press('Enter');
    await expect(admin, 'the topic stays, and nothing typed is in the address').toHaveURL(/\/history\?person=[0-9a-f-]{36}&topic=partners$/);
    await expect(main).toContainText('Only what Vincent Okoro did is listed.');
    await expect(entries.first()).toContainText('Acme');
    await expect(field).toHaveValue('');
    const before = admin.url();
    const search = admin.getByRole('search').getByRole('button', { name: 'Search' });
    await field.fill('Tom');
    await search.click();
    await expect(main, 'a name of nobody is no filter').toContainText('Nobody of that name did anything.');
    await expect(field).toBeFocused();
    await field.fill('in');
    await search.click();
    await expect(vincent, 'several are offered').toBeVisible();
    await expect(field).toHaveValue('in');
    await expect(main).toContainText('Only what Vincent Okoro did is listed.');
    await field.fill('alex');
    await search.click();
    await expect(main, 'the only one is meant').toContainText('Only what Alex Admin did is listed.');
    await open(admin, before);
    // An answer that comes late chooses nobody: what it was asked for stands in the field no more.
    let late = () => {};
    const held = new Promise<void>((resolve) => { late = resolve; });
    await admin.route('**/fn/history/find_people', async (route) => {
      if (route.request().postData()?.includes('vinc')) await held;
      await route.continue();
    });
    const answered = admin.waitForResponse((response) => response.request().postData()?.includes('vinc') === true);
    await field.fill('vinc');
    await field.press('Enter');
    await field.fill('alex');
    const alex = admin.getByRole('option', { name: 'Alex Admin' });
    await expect(alex).toBeVisible();
    late();
    await answered;
    await expect(alex).toBeVisible();
    await expect(field).toHaveValue('alex');
    await admin.unroute('**/fn/history/find_people');
    await field.fill('alexa');
    await admin.getByLabel('Topic').selectOption({ label: 'Everything' });
    await expect(field, 'what nobody was chosen for stands beside no other filter').toHaveValue('');
    await expect(admin).toHaveURL(/\/history\?person=[0-9a-f-]{36}$/);
    await expect(main, 'and the late answer chose nobody').toContainText('Only what Vincent Okoro did is listed.');
    await field.fill('alex');
    await admin.getByRole('option', { name: 'Alex Admin' }).click();
    await expect(main).toContainText('Only what Alex Admin did is listed.');
    await open(admin, `/history${new URL(admin.url()).search}&from=2001-01-01&to=2001-12-31`);
    await expect(main).toContainText('No entry fits the filters.');
    await expect(main, 'named although nothing of theirs is listed').toContainText('Only what Alex Admin did is listed.');
    await open(admin, '/history');
  });

  await test.step('by period, from the address alone', async () => {
    await open(admin, '/history?from=2001-01-01&to=2001-12-31');
    await expect(admin.getByLabel('From')).toHaveValue('2001-01-01');
    await expect(admin.getByRole('main')).toContainText('No entries found');
    await open(admin, '/history?from=2001-01-01&topic=nonsense');
    await expect(entries.first()).toContainText('Acme');
  });

  await test.step('as files', async () => {
    await open(admin, '/history?topic=rights');
    const waiting = admin.waitForEvent('download');
    await admin.getByRole('link', { name: 'Table (CSV)' }).click();
    const table = await readFile(await (await waiting).path(), 'utf8');
    expect(table.split('\r\n')[0]).toContain('"actor_id","actor","topic","action"');
    expect(table).toContain('Auditor');
    expect(table).not.toContain('Acme');
    const lines = await admin.request.get('/history.jsonl');
    const objects = (await lines.text()).trimEnd().split('\n').map((line) => JSON.parse(line) as { topic: string; subject: { name: string } });
    expect(objects.some((it) => it.subject.name === 'Acme' && it.topic === 'partners')).toBe(true);
    const external = await visitor(accounts.external);
    for (const path of ['/history.csv', '/history.jsonl']) {
      expect((await external.request.get(path)).status(), path).toBe(403);
    }
  });
});

test('a long file says how far it is, and is read no faster than it is taken', async ({ visitor, assent }) => {
  test.setTimeout(180_000);
  const admin = await visitor(accounts.admin);
  const many = 200_000;
  await lengthen(admin, assent, many);
  await open(admin, '/history');
  await expect(admin.locator('html')).toHaveAttribute('data-live', 'true');
  const main = admin.getByRole('main');
  const bar = main.getByRole('progressbar', { name: /^Your file is being downloaded: \d+ of about 20\d{4} entries$/ });
  const find = () => answer<{ id: string; state: string; entries: number; percent: number }>(admin, 'history/find_export');

  await test.step('while it is taken slowly, by another server if there is one', async () => {
    const { id } = await answer<{ id: string }>(admin, 'history/begin_export', {});
    const download = await takeSlowly(admin, `${assent.secondUrl}/history.csv?export=${id}`);
    await expect(bar).toBeVisible();
    await expectAccessible(admin);
    const [first, later] = [await find(), await find()];
    for (const { state, entries, percent } of [first, later]) {
      expect(state).toBe('running');
      expect(entries, 'what buffers hold and no more').toBeLessThan(many * 0.75);
      expect(percent).toBeLessThan(75);
    }
    download.destroy();
    await expect(main.getByText(/^The download ended after \d+ entries, before the file was complete\./)).toBeVisible();
    await expect(bar).toHaveCount(0);
    expect(await find()).toMatchObject({ id, state: 'broken' });
  });

  await test.step('by its link, to the end', async () => {
    const waiting = admin.waitForEvent('download');
    await main.getByRole('link', { name: 'Table (CSV)' }).click();
    await expect(bar).toBeVisible();
    const table = await readFile(await (await waiting).path(), 'utf8');
    const { state, entries, percent } = await find();
    expect({ state, percent }).toEqual({ state: 'whole', percent: 100 });
    expect(table.trimEnd().split('\r\n').length - 1, 'and its head').toBe(entries);
    await expect(main.getByText(`Your file is complete: ${entries} entries.`)).toBeVisible();
    await expectAccessible(admin);
  });

  await test.step('the link alone leads to the same file, and nobody else learns of it', async () => {
    const before = await find();
    const link = await main.getByRole('link', { name: 'For programs (JSON Lines)' }).getAttribute('href');
    const lines = await admin.request.get(link!);
    expect((await lines.text()).trimEnd().split('\n').length).toBe(before.entries);
    expect(await find()).toEqual(before);
    const officer = await visitor(accounts.dpo);
    expect(await answer(officer, 'history/find_export')).toBeNull();
  });
});

test('everybody sees what they did themselves', async ({ visitor, allowStatus }) => {
  allowStatus(403);
  const external = await visitor(accounts.external);
  await open(external, '/profile');
  const name = external.getByLabel('Name', { exact: true });
  await name.fill('Erik Extern');
  await external.getByRole('button', { name: 'Save', exact: true }).first().click();
  await expect(external.locator('.toast')).toContainText('Saved');
  await external.getByRole('link', { name: 'What you did' }).click();
  await hydrated(external);
  await expect(external.getByRole('main').getByRole('listitem').first()).toContainText('Erik Extern');
  await expectAccessible(external);
});

test('a change of the roles of somebody is taken back from its entry, but never what came since', async ({ visitor, allowStatus }) => {
  allowStatus(409);
  const admin = await visitor(accounts.admin);
  const viewer = await visitor(accounts.viewer, { server: 2 });
  await open(viewer, '/billing');
  const iban = viewer.getByLabel('IBAN', { exact: true });
  const { users } = await answer<{ users: { id: string }[] }>(admin, 'users/list', { search: 'Vincent', after: null, before: null });
  const hold = (role: Role, held: boolean) =>
    answer(admin, 'users/assign_role', { role: role.id, users: [users[0]!.id], held });
  await hold(await roleNamed(admin, 'Billing manager'), true);
  await expect(iban).toBeEnabled();
  await open(admin, '/history?topic=rights');
  const entries = admin.getByRole('main').getByRole('listitem');
  const alert = admin.getByRole('main').getByRole('alert');

  await test.step('what was given is taken, at once, and that stands in the history', async () => {
    await expect(entries.first()).toContainText('changed the roles of Vincent Okoro: added “Billing manager”');
    await entries.first().getByRole('button', { name: 'Take back' }).click();
    await expect(entries.first()).toContainText('removed “Billing manager”');
    await expect(admin.locator('.toast')).toContainText('Taken back');
    await expect(iban).toBeDisabled();
    await expectAccessible(admin);
  });

  await test.step('what is not so any more is not taken back again', async () => {
    await entries.nth(1).getByRole('button', { name: 'Take back' }).click();
    await expect(alert.first()).toContainText('There is nothing to take back');
  });

  await test.step('a role that was deleted comes back to nobody under its name', async () => {
    const auditor = await answer<Role>(admin, 'roles/create', { name: 'Auditor' });
    await hold(auditor, true);
    await hold(auditor, false);
    await answer(admin, 'roles/delete', { id: auditor.id, version: auditor.version });
    await answer<Role>(admin, 'roles/create', { name: 'Auditor' });
    await open(admin, '/history?topic=rights');
    const taken = entries.filter({ hasText: 'removed “Auditor”' });
    await taken.getByRole('button', { name: 'Take back' }).click();
    await expect(alert.first()).toContainText('A role that would be given back was deleted');
    const { roles } = await answer<{ roles: { name: string }[] }>(admin, 'users/find', { id: users[0]!.id });
    expect(roles.map((role) => role.name)).toEqual(['Partner manager']);
  });
});

test('an entry leads to the old and new billing values, for those who may view them', async ({ visitor, allowStatus }) => {
  allowStatus(403);
  const [manager, officer] = [await visitor(accounts.billing), await visitor(accounts.dpo)];
  const { partners } = await answer<{ partners: { id: string; name: string }[] }>(manager, 'partners/list', { search: '', status: 'active', sort: 'name', after: null, before: null });
  const { id, name } = partners[0]!;
  const before = await answer<PartnerBilling>(manager, 'billing/find_partner', { id });
  await plant(manager, id);
  await open(manager, '/history?topic=billing');
  const entries = manager.getByRole('main').getByRole('listitem');
  const values = { name: 'Old and new values' };

  await test.step('of a partner', async () => {
    await entries.filter({ hasText: name }).getByRole('link', values).click();
    await expect(manager.getByRole('heading', { level: 1, name: `What changed in the billing details of ${name}` })).toBeVisible();
    await expect(manager).toHaveURL(`/partners/${id}/billing/2`);
    const row = manager.getByRole('row', { name: /^IBAN/ });
    await expect(row.getByRole('cell')).toHaveText([before.billing.details['iban']!, partnerCanaries['iban']!]);
    await expect(manager.getByRole('row', { name: /^Country/ }).getByRole('cell').last()).toHaveText('Bouvet Island');
    await expect(manager.getByRole('main')).toContainText('Saved by Bea Brandt on');
    await expectAccessible(manager);
    await manager.getByRole('link', { name: 'As they are now' }).click();
    await expect(manager.getByLabel('IBAN', { exact: true })).toHaveValue(partnerCanaries['iban']!);
  });

  await test.step('of the organisation', async () => {
    await open(manager, '/history?topic=billing');
    await entries.filter({ hasText: "the organisation's billing details" }).getByRole('link', values).click();
    await expect(manager.getByRole('row', { name: /^IBAN/ })).toContainText(organisationCanaries['iban']!);
    await expect(manager).toHaveURL('/billing/2');
  });

  await test.step('without the right there is neither a link nor a value', async () => {
    const texts: string[] = [];
    officer.on('response', (response) => void response.text().then((text) => texts.push(text), () => undefined));
    await open(officer, '/history?topic=billing');
    await expect(officer.getByRole('main').getByRole('listitem').filter({ hasText: name })).toBeVisible();
    await expect(officer.getByRole('link', values)).toHaveCount(0);
    for (const path of [`/partners/${id}/billing/2`, '/billing/2']) {
      const response = await officer.goto(path);
      expect(response?.status(), path).toBe(403);
      texts.push(await officer.content());
    }
    for (const partner of [id, null]) {
      const refused = await call(officer, 'billing/find_change', { partner, version: 2 });
      expect(refused.status()).toBe(403);
      texts.push(await refused.text());
    }
    for (const path of ['/history.csv', '/history.jsonl', '/history']) texts.push(await (await officer.request.get(path)).text());
    expect(found(texts)).toEqual([]);
    const told = await answer(manager, 'billing/find_change', { partner: id, version: 2 });
    expect(found([JSON.stringify(told)]).length, 'and a search that finds what is there').toBeGreaterThan(10);
  });
});

test('a change to the history is found', async ({ visitor, assent, allowStatus }) => {
  allowStatus(422);
  const admin = await visitor(accounts.admin);
  await open(admin, '/history');
  const main = admin.getByRole('main');
  const check = main.getByRole('button', { name: 'Check the chain' });
  await check.click();
  await expect(main).toContainText(/All \d+ entries are as they were sealed/);
  await expectAccessible(admin);
  const head = await main.getByLabel('The end of the chain').inputValue();
  expect(head).toMatch(/^assent-history-1 [0-9a-f-]{36} \d+ [0-9a-f]{64}$/);
  await main.getByLabel('Line that was written down').fill(head);
  await main.getByRole('button', { name: 'Compare' }).click();
  await expect(main).toContainText('The history ends with this line.');
  await assent.execute('UPDATE history SET at = at + 1 WHERE sequence = 3');
  await check.click();
  await expect(main).toContainText('Entry 3 is not as it was sealed.');
  await main.getByLabel('Line that was written down').fill('a line');
  await main.getByRole('button', { name: 'Compare' }).click();
  await expect(main.getByRole('alert').first()).toContainText('Line that was written down');
});
