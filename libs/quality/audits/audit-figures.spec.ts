import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Row } from '@millrace/sdk';
import type { Named } from '../testing/answers.ts';
import { startTestQuality, type TestQuality } from '../testing/test-quality.ts';

describe('figures of audits', () => {
  let test: TestQuality;
  beforeAll(async () => {
    test = await startTestQuality();
  });
  afterAll(() => test.close());

  const audited = async (): Promise<Map<unknown, Named>> => {
    const { data: begun } = await test.operator.post<Named>('/api/audits');
    await test.auditor.carryOn();
    const { data } = await test.operator.get<{ findings: Named[] }>(`/api/audits/${String(begun.id)}`);
    return new Map(data.findings.map((finding) => [finding.rule, finding]));
  };
  const rule = (slug: string, more: object) =>
    test.operator.put(`/api/audit-rules/${slug}`, { title: slug, of: 'profile', fault: 'inconsistent', ...more });

  it('count whole groups, however many records have the same', async () => {
    const sizes = { con_shop: 1_200, con_crm: 1_100 };
    for (const [connection, size] of Object.entries(sizes)) {
      const traits = { name: 'No Name', postcode: '0000' };
      const rows = Array.from({ length: size }, (_, n): Row => ({
        identities: { user: `${connection}-${n}` },
        // the last by far differs, behind what fits into a page
        traits: connection === 'con_crm' && n === size - 1 ? { ...traits, plan: 'gold' } : { ...traits, plan: 'free' },
      }));
      await test.load('profile', rows, { connection, stream: 'people' });
    }
    await rule('plan-varies', { varies: { field: 'traits.plan', within: 'postcode' } });
    const found = await audited();
    const sources = Object.entries(sizes).map(([connection, faults]) => ({ connection, stream: 'people', faults }));
    expect(found.get('same-name-and-postcode')).toMatchObject({ looked: 2_300, faults: 2_300, sources });
    expect(found.get('plan-varies')).toMatchObject({ faults: 2_300, sources });
    expect(await test.connection.collection('audit_keys').countDocuments()).toBe(0);
  });

  it('compare numbers as numbers, also where they are written as text, and times as times', async () => {
    const compared = [
      { price: '10', limit: 9 },
      { price: '10', limit: '9.5' },
      { price: '9', limit: 10 },
      { price: '5', limit: '2024-01-01' },
      { price: '2024-01-02', limit: '2024-01-01' },
      { price: 'May', limit: 'April' },
    ];
    await test.load(
      'profile',
      compared.map((traits, n) => ({ identities: { user: `compared-${n}` }, traits })),
      { stream: 'compared' },
    );
    await rule('over-limit', { compare: { field: 'traits.price', is: 'greaterThan', other: 'traits.limit' } });
    expect((await audited()).get('over-limit')).toMatchObject({ faults: 3 });
  });

  it('are held against the audit before where that looked for the same', async () => {
    expect((await audited()).get('over-limit')).toMatchObject({ before: { faults: 3 } });
    await rule('over-limit', { compare: { field: 'traits.price', is: 'lessThan', other: 'traits.limit' } });
    const changed = (await audited()).get('over-limit');
    expect(changed).toMatchObject({ faults: 1 });
    expect(changed).not.toHaveProperty('before');
    await test.operator.patch('/api/audit-rules/over-limit', { tolerance: 0.5, severity: 'info' });
    expect((await audited()).get('over-limit')).toMatchObject({ faults: 1, before: { faults: 1 } });
  });

  it('are of what came from the connections that a rule is limited to: its share is of those records', async () => {
    const load = (connection: string, currencies: string[]) =>
      test.load(
        'order',
        currencies.map((currency, n) => ({
          identities: { user: `buyer-${connection}-${n}` },
          id: String(n),
          currency,
        })),
        { connection, stream: 'orders' },
      );
    await load('con_good', Array<string>(20).fill('EUR'));
    await load('con_bad', ['EUR', 'Euro']);
    const limit = (slug: string, limits: object) => test.operator.patch(`/api/audit-rules/${slug}`, limits);
    await limit('currency-malformed', { connections: ['con_bad'], tolerance: 0.1 });
    await limit('same-name-and-postcode', { connections: ['con_crm'] });
    const found = await audited();
    expect(found.get('currency-malformed')).toMatchObject({ looked: 2, faults: 1, share: 0.5, passed: false });
    expect(found.get('same-name-and-postcode')).toMatchObject({ looked: 1_100, faults: 1_100, share: 1 });
    await limit('currency-malformed', { connections: [] });
    expect((await audited()).get('currency-malformed')).toMatchObject({ looked: 22, faults: 1, passed: true });
  });
});
