import type { AuditRule } from './audit-rule.ts';

type BuiltIn = Pick<AuditRule, 'slug' | 'title' | 'of' | 'fault'> & Partial<AuditRule>;

const trait = (...names: string[]): string[] => names.map((name) => `traits.${name}`);

const rules: BuiltIn[] = [
  {
    slug: 'profile-unreachable',
    title: 'People without e-mail address and telephone',
    of: 'profile',
    fault: 'missing',
    when: {
      all: [
        { field: 'identities.email', is: 'missing' },
        { field: 'identities.phone', is: 'missing' },
      ],
    },
  },
  {
    slug: 'profile-without-name',
    title: 'People without a name',
    of: 'profile',
    fault: 'missing',
    severity: 'info',
    when: {
      all: ['name', 'fullName', 'firstName', 'lastName'].map((name) => ({ field: `traits.${name}`, is: 'missing' })),
    },
  },
  {
    slug: 'order-without-time',
    title: 'Orders without a time',
    of: 'order',
    fault: 'missing',
    when: { field: 'at', is: 'missing' },
  },
  {
    slug: 'order-without-person',
    title: 'Orders that belong to nobody',
    of: 'order',
    fault: 'missing',
    when: { field: 'profile', is: 'missing' },
  },
  {
    slug: 'email-malformed',
    title: 'E-mail addresses that are none',
    of: 'profile',
    fault: 'malformed',
    severity: 'error',
    format: { as: 'email', fields: trait('email', 'emailAddress', 'workEmail') },
  },
  {
    slug: 'phone-malformed',
    title: 'Telephone numbers that are none',
    of: 'profile',
    fault: 'malformed',
    format: { as: 'phone', fields: trait('phone', 'mobile', 'telephone') },
  },
  {
    slug: 'date-malformed',
    title: 'Dates that are none, or lie outside 1900 to 2100',
    of: 'profile',
    fault: 'malformed',
    format: { as: 'date', fields: trait('birthDate', 'birthday', 'dateOfBirth', 'signedUpAt', 'createdAt') },
  },
  {
    slug: 'country-malformed',
    title: 'Country codes that are none (ISO 3166, two letters)',
    of: 'profile',
    fault: 'malformed',
    format: { as: 'country', fields: trait('countryCode', 'country') },
  },
  {
    slug: 'number-as-text',
    title: 'Numbers that are stored as text',
    of: 'profile',
    fault: 'malformed',
    format: { as: 'number', fields: trait('age', 'score', 'points', 'balance', 'lifetimeValue', 'orderCount') },
  },
  {
    slug: 'currency-malformed',
    title: 'Currencies that are none (ISO 4217, three letters)',
    of: 'order',
    fault: 'malformed',
    format: { as: 'currency', fields: ['currency'] },
  },
  {
    slug: 'born-after-sign-up',
    title: 'People who were born after they signed up',
    of: 'profile',
    fault: 'inconsistent',
    severity: 'error',
    compare: { field: 'traits.birthDate', is: 'greaterThan', other: 'traits.signedUpAt' },
  },
  {
    slug: 'order-total',
    title: 'Orders whose total differs from their lines (with shipping, tax and discount from their properties)',
    of: 'order',
    fault: 'inconsistent',
    when: { field: 'difference', is: 'greaterThan', value: 0.011 },
  },
  {
    slug: 'currency-changes',
    title: 'People whose orders are in several currencies',
    of: 'order',
    fault: 'inconsistent',
    severity: 'info',
    varies: { field: 'currency', within: 'profile' },
  },
  {
    slug: 'trait-outdated',
    title: 'Values that are older than their trait allows',
    of: 'profile',
    fault: 'outdated',
    stale: true,
  },
  {
    slug: 'same-name-and-postcode',
    title: 'Several people with the same name and postcode',
    of: 'profile',
    fault: 'duplicate',
    sameAs: ['name', 'postcode'],
  },
  {
    slug: 'same-name-and-birth-date',
    title: 'Several people with the same name and birth date',
    of: 'profile',
    fault: 'duplicate',
    sameAs: ['name', 'traits.birthDate'],
  },
  {
    slug: 'same-phone',
    title: 'Several people with the same telephone number as a trait',
    of: 'profile',
    fault: 'duplicate',
    sameAs: ['traits.phone'],
  },
  {
    slug: 'consent-without-evidence',
    title: 'Consents that were granted, without evidence',
    of: 'consent',
    fault: 'consent',
    severity: 'error',
    when: {
      all: [
        { field: 'state', is: 'equals', value: 'granted' },
        { field: 'hasEvidence', is: 'equals', value: false },
      ],
    },
  },
  {
    slug: 'consent-without-time',
    title: 'Consents without the time of the choice',
    of: 'consent',
    fault: 'consent',
    when: { field: 'at', is: 'missing' },
  },
];

/** What every store is looked at for. They can be switched off and limited. */
export const builtInRules: readonly AuditRule[] = rules.map((rule) => ({
  severity: 'warning',
  enabled: true,
  tolerance: 0,
  ...rule,
  builtIn: true,
}));
