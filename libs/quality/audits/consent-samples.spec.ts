import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestQuality, type TestQuality } from '../testing/test-quality.ts';
import { consentSamples } from './index.ts';

let test: TestQuality;
beforeAll(async () => {
  test = await startTestQuality();
});
afterAll(() => test.close());

it('takes the samples of consents out of audits, and leaves all others', async () => {
  const audits = test.connection.collection<{ _id: string }>('data_audits');
  const rules = [
    { slug: 'no-time', of: 'consent' },
    { slug: 'no-email', of: 'profile' },
  ];
  const finding = { looked: 3, faults: 1, sources: [] };
  const [plain, profile] = ['c0ffee', 'p_1'].map((id) => ({ id, fields: ['at'] }));
  const findings = [
    { ...finding, rule: 'no-time', samples: [plain] },
    { ...finding, rule: 'no-email', samples: [profile] },
  ];
  await audits.insertMany([
    { _id: 'adt_1', rules, findings } as never,
    { _id: 'adt_2', rules: [], findings: [] } as never,
  ]);
  expect(await consentSamples.step(test.connection, undefined, undefined as never)).toEqual({ changed: 2 });
  expect(await audits.findOne({ _id: 'adt_1' })).toMatchObject({
    findings: [
      { rule: 'no-time', faults: 1, samples: [] },
      { rule: 'no-email', faults: 1, samples: [profile] },
    ],
  });
});
