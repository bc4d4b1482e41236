import type { TriggerPreset } from './preset.ts';

/** Defaults are names of Segment's e-commerce specification, which shops' clients send. */
export const cartAbandonment: TriggerPreset = {
  name: 'cart-abandonment',
  title: 'Cart abandonment',
  description:
    'Somebody put something into the cart and has not bought within the time. Each further cart event begins the wait anew; an order, or the event of a purchase, ends it.',
  fields: [
    {
      name: 'event',
      title: 'Cart event',
      description: 'The event that tells of a cart with something in it.',
      type: 'text',
      default: 'Product Added',
    },
    {
      name: 'purchase',
      title: 'Purchase',
      description: 'The event that tells of a purchase. Orders of the profile store count besides.',
      type: 'text',
      default: 'Order Completed',
    },
    {
      name: 'wait',
      title: 'Wait',
      description: 'So long after the last cart event it fires, unless the person bought.',
      type: 'duration',
      default: '4h',
    },
    {
      name: 'coolDown',
      title: 'Cool-down',
      description: 'So long a person is left alone after a firing.',
      type: 'duration',
      default: '7d',
    },
  ],
  definition: ({ event = '', purchase = '', wait, coolDown }) => ({
    on: { event },
    wait,
    unless: { events: [{ name: purchase }], orders: true },
    coolDown,
  }),
};
