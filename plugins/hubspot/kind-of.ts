import { textIn, type Row } from '@millrace/sdk';

/** https://developers.hubspot.com/docs/guides/crm/understanding-the-crm#object-type-ids: those that have kinds of their own. */
const objectTypes = new Map([
  ['0-1', 'contact'],
  ['0-2', 'company'],
  ['0-3', 'deal'],
  ['0-5', 'ticket'],
  ['0-7', 'product'],
  ['0-8', 'line_item'],
]);

/** What happened to which type of object: `contact.creation`. Apps of today are told `object.creation`, and the type beside it. */
export function kindOf(event: Row): string | undefined {
  const kind = textIn(event, 'subscriptionType') ?? textIn(event, 'eventType');
  if (!kind?.startsWith('object.')) return kind;
  const type = textIn(event, 'objectTypeId') ?? textIn(event, 'fromObjectTypeId') ?? '';
  return `${objectTypes.get(type) ?? 'object'}${kind.slice('object'.length)}`;
}
