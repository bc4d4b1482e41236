import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonSchema } from '@millrace/sdk';
import { startCollect, type Collect } from '../testing/test-collect.ts';
import { EventSchemas, TrackingPlan } from './index.ts';

describe('a tracking plan', () => {
  let collect: Collect;
  beforeAll(async () => {
    collect = await startCollect();
    for (const [event, schema] of Object.entries(schemas))
      await collect.app.get(EventSchemas).put(event, { schema, onViolation: 'reject' });
    await collect.app.get(TrackingPlan).refresh();
  });
  afterAll(() => collect.close());

  const schemas: Record<string, JsonSchema> = {
    'Group Joined': {
      type: 'object',
      required: ['groupId'],
      properties: { groupId: { type: 'string' }, seats: { type: 'integer' } },
    },
    'Page Viewed': {
      type: 'object',
      required: ['name'],
      properties: { name: { type: 'string' } },
      additionalProperties: false,
    },
    'Order Completed': { type: 'object', required: ['total'] },
    'Fabric Chosen': { type: 'object', properties: { pattern: { enum: ['dots'] }, properties: { type: 'object' } } },
  };

  it.each([
    ['group', { groupId: 'acme', traits: { seats: 5 } }, 200],
    ['group', { groupId: 'acme', traits: { seats: 'many' } }, 400],
    ['page', { name: 'Pricing' }, 200],
    ['page', { properties: { name: 'Pricing' } }, 200],
    ['page', { name: 'Pricing', category: 'Shop' }, 400],
    ['track', { event: 'Order Completed', properties: { total: 5 } }, 200],
    ['track', { event: 'Fabric Chosen', properties: { pattern: 'dots' } }, 200],
    ['track', { event: 'Fabric Chosen', properties: { pattern: 'none' } }, 400],
    ['track', { event: 'Fabric Chosen', properties: null }, 200],
    ['track', { event: 'Order Completed', properties: null }, 400],
    ['group', { groupId: 'acme', traits: null }, 200],
    ['page', { name: 'Pricing', category: null, properties: null }, 200],
    ['track', { event: ' Order Completed ', properties: { order_id: '1' } }, 400],
  ])('sees what the event of a message will have: %s %j', async (type, message, expected) => {
    const { status } = await collect.http.post<unknown>(`/v1/${type}`, { userId: 'u', ...message });
    expect(status).toBe(expected);
  });

  it.each<[string, JsonSchema]>([
    ['an expression', { pattern: '(a+)+$' }],
    ['of a field', { properties: { a: { pattern: '(a+)+$' } } }],
    ['of a field that is called properties', { properties: { properties: { pattern: '(a+)+$' } } }],
    ['for names', { properties: { a: { patternProperties: { '(a+)+$': true } } } }],
    ['that a reference leads to', { $ref: '#/default', default: { pattern: '(a+)+$' } }],
    ['among the fields, that a reference leads to', { $ref: '#/properties', properties: { pattern: '(a+)+$' } }],
  ])('has no regular expression: %s', async (_, schema) => {
    const put = collect.app.get(EventSchemas).put('E', { schema, onViolation: 'warn' });
    await expect(put).rejects.toMatchObject({ code: 'bad_request', message: expect.stringContaining('not allowed') });
  });
});
