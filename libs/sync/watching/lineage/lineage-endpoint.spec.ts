import { expect, it } from '@jest/globals';
import { Settings } from '#platform';
import { startReceiver } from '#tools/testing';
import { LineageEndpoint } from './lineage-endpoint.ts';
import type { LineageEvent } from './open-lineage.ts';

it('does not call an event untaken for the length of the answer', async () => {
  const receiver = await startReceiver();
  const endpoint = new LineageEndpoint(Object.assign(new Settings(), { openLineageUrl: receiver.url }));
  const event = { eventType: 'START' } as unknown as LineageEvent;
  const body = 'x'.repeat(1_000_000);
  receiver.answer = () => ({ status: 201, body });
  await endpoint.post(event);
  receiver.answer = () => ({ status: 500, body });
  await expect(endpoint.post(event)).rejects.toMatchObject({ name: 'MillraceError' });
  receiver.close();
  expect(receiver.received.map(({ body: sent }) => JSON.parse(sent) as unknown)).toEqual([event, event]);
});
