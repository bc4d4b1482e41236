import type { TestQuality } from './test-quality.ts';

/** Four people of two sources with their orders and consents, and something wrong with nearly all of them. */
export async function loadFaultyStore(test: TestQuality): Promise<void> {
  const crm = { connection: 'con_crm', stream: 'contacts' };
  await test.load('profile', [
    {
      identities: { email: 'ann@x.com' },
      traits: { firstName: 'Ann', city: 'Oslo', ssn: '8701', birthDate: '2001-02-30' },
    },
    { identities: { email: 'bob@x.com' }, traits: { firstName: 'Bob', city: 'Rome', age: '31', country: 'XX' } },
    {
      identities: { user: 3 },
      traits: { name: 'Cy Doe', postcode: 'N1 1AA', birthDate: '2020-01-01', signedUpAt: '2019-01-01' },
    },
  ]);
  await test.load(
    'profile',
    [
      { identities: { email: 'ann@x.com' }, traits: { city: 'Bergen', email: 'ann at x.com' } },
      { identities: { email: 'cy@x.com' }, traits: { firstName: 'CY', lastName: 'Doe', postcode: 'n11aa' } },
    ],
    { ...crm, at: '2024-06-01T00:00:00.000Z' },
  );
  await test.load('order', [
    {
      id: 1,
      identities: { email: 'ann@x.com' },
      at: '2024-05-01',
      total: 10,
      currency: 'EUR',
      lines: [{ id: 1, price: 5, quantity: 2 }],
    },
    {
      id: 2,
      identities: { email: 'ann@x.com' },
      total: 9,
      currency: 'USD',
      lines: [{ id: 1, price: 5 }],
      properties: { shipping: 3 },
    },
    { id: 3, identities: { email: 'bob@x.com' }, at: '2024-05-01', currency: 'EURO' },
  ]);
  await test.load('consent', [
    { identity: 'email:ann@x.com', channel: 'email', state: true, at: '2024-05-01', evidence: 'form 7' },
    { identity: 'email:bob@x.com', channel: 'email', state: true },
  ]);
}
