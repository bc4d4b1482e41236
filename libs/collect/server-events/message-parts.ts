import { invalidMessage, objectIn } from '../messages/index.ts';

/** What servers tell: fields of a person that changed, and what a person did. */
export const serverEventTypes = ['traits', 'purchase', 'cart_abandonment', 'page_visit', 'event', 'consent'] as const;
export type ServerEventType = (typeof serverEventTypes)[number];

type Fields = Record<string, unknown>;

/** By type, what of an event makes it a message of Segment's HTTP API: so both ways come to the same. */
export const messageParts: Record<ServerEventType, (event: Fields) => Fields> = {
  traits: (event) => ({ type: 'identify', traits: required(event, 'traits') }),
  purchase: (event) => {
    const { id, lines, ...order } = required(event, 'order');
    if (id === undefined || id === null || id === '') throw invalidMessage('"order.id" is empty: a purchase needs it.');
    return {
      type: 'track',
      event: 'Order Completed',
      properties: { ...order, order_id: id, products: productsIn(lines) },
    };
  },
  cart_abandonment: (event) => {
    const { id, lines, ...cart } = required(event, 'cart');
    return {
      type: 'track',
      event: 'Cart Abandoned',
      properties: { ...cart, cart_id: id, products: productsIn(lines) },
    };
  },
  page_visit: (event) => ({ type: 'page', properties: required(event, 'page') }),
  event: (event) => ({ type: 'track', event: event.name, properties: objectIn(event, 'properties') }),
  consent: ({ channel, purpose, state, evidence }) => ({ type: 'consent', channel, purpose, state, evidence }),
};

/** Our `product` is Segment's `product_id`; whatever else a line has stays. */
function productsIn(lines: unknown): unknown {
  if (!Array.isArray(lines)) return lines;
  return lines.map((line: unknown) => {
    if (typeof line !== 'object' || line === null || Array.isArray(line)) return line;
    const { product, ...rest } = line as Fields;
    return product === undefined ? rest : { product_id: product, ...rest };
  });
}

function required(event: Fields, name: string): Fields {
  const found = objectIn(event, name);
  if (found) return found;
  throw invalidMessage(`"${name}" is empty: this type of event needs it.`);
}
