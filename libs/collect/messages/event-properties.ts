import type { Message } from './message.ts';

/** What a message says as an event, as its sender calls it. */
export function eventPropertiesOf(message: Message): Record<string, unknown> | undefined {
  const { type, properties, traits, groupId } = message;
  if (type === 'group') return { ...traits, groupId };
  if (type === 'track') return properties;
  const name = message.name ?? properties?.name;
  const category = message.category ?? properties?.category;
  return { ...properties, ...(name !== undefined && { name }), ...(category !== undefined && { category }) };
}
