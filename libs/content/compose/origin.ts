import type { Person } from '#profiles';

/** Where a value came from. `connection` and `at` are absent where nobody knows them. */
export interface Origin {
  kind:
    | 'trait'
    | 'computed'
    | 'order'
    | 'product'
    | 'event'
    | 'consent'
    | 'profile'
    | 'clock'
    | 'change'
    | 'sample'
    | 'link'
    | 'feed'
    | 'block';
  connection?: string;
  /** What the connection is called, where it is shown to people. */
  connectionName?: string;
  stream?: string;
  key?: string;
  /** ISO text: when the source said so. */
  at?: string;
}

/** The id of an event that a preview puts in. */
export const hypotheticalId = 'hypothetical';

/** Gives the origin of an absolute path in the context of a person. */
export function originsOf(
  person: Person,
  context: { orders: unknown; events: unknown },
): (path: string) => Origin | null {
  const orders = new Map(person.orders.map((order) => [order.id, order]));
  return (path) => {
    const [head = '', second = '', third = ''] = path.split('.');
    const trait = head === 'profile' && second === 'traits' ? third : head;
    switch (head) {
      case 'orders':
        return orderOrigin(orders, elementId(context.orders, second), path);
      case 'lastOrder':
        return orderOrigin(orders, elementId(context.orders, '0'), path);
      case 'events':
        return eventOrigin(person, elementId(context.events, second));
      case 'consents':
        return { kind: 'consent' };
      case 'computed':
        return { kind: 'computed', key: second };
      case 'now':
        return { kind: 'clock' };
      case 'unsubscribeUrl':
        return { kind: 'link' };
      case 'profile':
        if (second === 'computed') return { kind: 'computed', key: third };
        return second === 'traits' ? traitOrigin(person, trait) : { kind: 'profile', key: person.profile.id };
      default:
        return traitOrigin(person, trait);
    }
  };
}

function traitOrigin({ profile: { origins } }: Person, trait: string): Origin | null {
  const origin = Object.hasOwn(origins, trait) ? origins[trait] : undefined;
  return origin ? { kind: 'trait', ...origin } : null;
}

function orderOrigin(
  orders: Map<string, Person['orders'][number]>,
  id: string | undefined,
  path: string,
): Origin | null {
  const order = id === undefined ? undefined : orders.get(id);
  if (!order) return null;
  const [, line] = /\.lines\.(\d+)\.productDetails\b/.exec(`.${path}`) ?? [];
  if (line !== undefined) return productOrigin(order.lines[Number(line)]);
  return {
    kind: 'order',
    connection: order.connection,
    key: order.id,
    ...(order.at !== undefined && { at: order.at }),
  };
}

function productOrigin(line: Person['orders'][number]['lines'][number] | undefined): Origin | null {
  const { connection, id: key } = line?.productDetails ?? {};
  return connection === undefined || key === undefined ? null : { kind: 'product', connection, key };
}

function eventOrigin({ events }: Person, id: string | undefined): Origin | null {
  const event = events.find((one) => one.id === id);
  if (event?.id === hypotheticalId) return { kind: 'change' };
  return event ? { kind: 'event', key: event.id, at: event.at } : null;
}

function elementId(list: unknown, position: string): string | undefined {
  const element: unknown = Array.isArray(list) && /^\d+$/.test(position) ? list[Number(position)] : undefined;
  if (typeof element !== 'object' || element === null || !('id' in element)) return undefined;
  return typeof element.id === 'string' ? element.id : undefined;
}
