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
  };

  it.each([
    ['group', { groupId: 'acme', traits: { seats: 5 } }, 200],
    ['group', { groupId: 'acme', traits: { seats: 'many' } }, 400],
    ['page', { name: 'Pricing' }, 200],
    ['page', { properties: { name: 'Pricing' } }, 200],
    ['page', { name: 'Pricing', category: 'Shop' }, 400],
    ['track', { event: 'Order Completed', properties: { total: 5 } }, 200],
    ['track', { event: ' Order Completed ', properties: { order_id: '1' } }, 400],
  ])('sees what the event of a message will have: %s %j', async (type, message, expected) => {
    const { status } = await collect.http.post<unknown>(`/v1/${type}`, { userId: 'u', ...message });
    expect(status).toBe(expected);
  });
});
