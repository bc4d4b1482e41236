import type { AlertRule, Api, Channel, Delivery } from '../api/index.ts';
import { removal, type Deed } from '../rooms/index.ts';
import type { Tested } from './test-outcomes.tsx';

/** Sends a test message to each channel. */
export function testing(channels: readonly Channel[]): Deed<Tested[]> {
  const test = async (api: Api, { id, name }: Channel): Promise<Tested> => ({
    channel: name,
    delivery: await api.post<Delivery>(`api/alerts/channels/${id}/test`),
  });
  return {
    name: 'test',
    title: 'Send a test message',
    icon: 'send',
    do: (api) => Promise.all(channels.map((channel) => test(api, channel))),
    said: 'The test is over.',
  };
}

export function switching({ id, enabled = true }: AlertRule): Deed<Tested[]> {
  return {
    name: 'switch',
    title: enabled ? 'Disable' : 'Enable',
    icon: enabled ? 'pause' : 'play',
    main: !enabled,
    do: async (api) => {
      await api.patch(`api/alerts/rules/${id}`, { body: { enabled: !enabled } });
      return [];
    },
    said: enabled ? 'Disabled.' : 'Enabled.',
  };
}

export function removingRule({ id, slug, name = slug }: AlertRule): Deed {
  return removal({
    ...{ path: `api/alerts/rules/${id}`, name, what: 'rule' },
    text: 'Nobody is told by it any more. Its open alerts are closed without a message.',
  });
}

export function removingChannel({ id, name }: Channel): Deed {
  return removal({
    ...{ path: `api/alerts/channels/${id}`, name, what: 'channel' },
    text: 'It is removed with its secrets. Rules that send to it have to be changed before.',
  });
}
