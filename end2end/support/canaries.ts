// Values for every billing field that stand nowhere else, and the search for them.

import { expect, type Page } from '@playwright/test';
import { answer } from './calls.ts';

export interface Billing {
  version: number;
  details: Record<string, string>;
}

export interface PartnerBilling {
  partner_version: number;
  billing: Billing;
}

/** Fields of few values, or of short ones: looked for with their name, as anything else may hold the value. */
const structured = ['country', 'currency', 'payment_terms_days', 'minimum_payout'];

/** For a partner. */
export const partnerCanaries = details('partner', {
  iban: iban('BV', '9081726354KANARIE'),
  bic: 'KANABVP1',
  vat_id: 'BV90817263',
  country: 'BV',
  currency: 'XPF',
  payment_terms_days: '287',
  minimum_payout: '73,519',
});

/** For the organisation. */
export const organisationCanaries = details('house', {
  iban: iban('HM', '3627180954KANARIE'),
  bic: 'KANAHMH1',
  vat_id: 'HM36271809',
  country: 'HM',
  currency: 'KWD',
  payment_terms_days: '311',
  minimum_payout: '4,821.375',
});

function details(mark: string, special: Record<string, string>): Record<string, string> {
  return {
    legal_name: `Legalkanarie-${mark} Ltd`,
    contact: `Contactkanarie-${mark}`,
    address_line_1: `Streetkanarie-${mark} 1`,
    address_line_2: `Floorkanarie-${mark} 2`,
    postal_code: `PCKAN-${mark}`,
    city: `Citykanarie-${mark}`,
    tax_number: `TAXKAN-${mark}`,
    registration_number: `REGKAN-${mark}`,
    account_holder: `Holderkanarie-${mark}`,
    invoice_email: `mailkanarie-${mark}@canary.example`,
    purchase_order_reference: `POKAN-${mark}`,
    ...special,
  };
}

/** An account number with the right check digits (ISO 13616), in groups of four. */
function iban(country: string, account: string): string {
  const digits = [...`${account}${country}00`].map((character) => parseInt(character, 36)).join('');
  const check = 98n - (BigInt(digits) % 97n);
  return `${country}${String(check).padStart(2, '0')}${account}`.replace(/(.{4})(?=.)/g, '$1 ');
}

/** Puts them into every billing field there is, as who may. */
export async function plant(page: Page, partner: string): Promise<void> {
  const before = await answer<PartnerBilling>(page, 'billing/find_partner', { id: partner });
  const own = await answer<Billing>(page, 'billing/find_organisation');
  for (const stored of [before.billing, own]) {
    expect(Object.keys(stored.details).sort(), 'there is a canary for every field').toEqual(
      Object.keys(partnerCanaries).sort(),
    );
  }
  const request = { id: partner, version: before.billing.version, details: partnerCanaries };
  const saved = await answer<PartnerBilling>(page, 'billing/save_partner', request);
  expect(saved.billing.details).toEqual(partnerCanaries);
  const ownRequest = { version: own.version, details: organisationCanaries };
  expect((await answer<Billing>(page, 'billing/save_organisation', ownRequest)).details).toEqual(organisationCanaries);
}

/** Which canaries stand in these texts, as `partner iban`. */
export function found(texts: string[]): string[] {
  // A serialised resource is JSON within a JavaScript text.
  const plain = texts.flatMap((text) => [text, text.replaceAll('\\"', '"')]);
  const all = [
    ...Object.entries(partnerCanaries).map((entry) => ['partner', ...entry] as const),
    ...Object.entries(organisationCanaries).map((entry) => ['organisation', ...entry] as const),
  ];
  return all
    .filter(([, field, value]) => plain.some((text) => patterns(field, value).some((pattern) => pattern.test(text))))
    .map(([owner, field]) => `${owner} ${field}`);
}

/** All names that `found` can give. */
export const everyCanary = ['partner', 'organisation'].flatMap((owner) =>
  Object.keys(partnerCanaries).map((field) => `${owner} ${field}`),
);

function patterns(field: string, value: string): RegExp[] {
  const written = escaped(value);
  if (structured.includes(field)) {
    const [minor] = value.match(/[\d.,]*/) ?? [''];
    const raw = escaped(minor.replace(/[.,]/g, ''));
    return [
      new RegExp(`"${field}":\\s*"?(?:${written}|${raw || written})"?[,}]`),
      new RegExp(`id="billing-(?:billing_)?${field}"[^>]* value="${written}"`),
      new RegExp(`<option[^>]* value="${written}"[^>]* selected`),
    ];
  }
  return [new RegExp(written, 'i'), new RegExp(escaped(value.replaceAll(' ', '')), 'i')];
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
