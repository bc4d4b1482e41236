import type { Row } from '@millrace/sdk';
import type { ScannedConsent, ScannedEvent, ScannedOrder, ScannedProduct, ScannedProfile } from '#profiles';

export interface Source {
  connection: string;
  stream: string;
}

/** A record as rules see it. */
export interface AuditedRecord {
  /** Of a profile or an order; of a consent a keyed hash, which names no address. */
  id: string;
  row: Row;
  /** Where what a field says came from; of a field that is missing, everybody who might have said it. */
  sourcesOf(fields: readonly string[]): Source[];
  /** Milliseconds since each trait was said. */
  ages?: ReadonlyMap<string, number>;
}

export function profileRecord(profile: ScannedProfile, now: number): AuditedRecord {
  const { id, traits, from, parts, identities, createdAt, updatedAt } = profile;
  const byKind: Record<string, string> = {};
  for (const key of identities) byKind[key.slice(0, key.indexOf(':'))] ??= key.slice(key.indexOf(':') + 1);
  const text = (name: string): string => (typeof traits[name] === 'string' ? traits[name] : '');
  const name = text('name') || text('fullName') || `${text('firstName')} ${text('lastName')}`.trim();
  const postcode = traits.postcode ?? traits.zip ?? traits.postalCode ?? null;
  const everybody = (): Source[] => distinct(parts.map(({ origin }) => origin));
  return {
    id,
    row: {
      id,
      traits,
      identities: byKind,
      ...(name !== '' && { name }),
      ...(postcode !== null && { postcode }),
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
    },
    sourcesOf(fields) {
      const told = fields.flatMap((field) => {
        const part = parts[from[traitOf(field)] ?? -1];
        return part ? [part.origin] : [];
      });
      return told.length > 0 ? distinct(told) : everybody();
    },
    ages: new Map(Object.entries(from).map(([trait, part]) => [trait, now - (parts[part]?.at ?? now)])),
  };
}

export function orderRecord(order: ScannedOrder): AuditedRecord {
  const { key, connection, stream, ...fields } = order;
  const linesTotal = totalOf(order);
  const { total } = order;
  return {
    id: key,
    row: {
      ...(fields as unknown as Row),
      connection,
      ...(linesTotal !== undefined && { linesTotal }),
      ...(linesTotal !== undefined && typeof total === 'number' && { difference: Math.abs(total - linesTotal) }),
    },
    sourcesOf: () => [{ connection, stream }],
  };
}

export function eventRecord({ id, origin: { connection, stream }, ...fields }: ScannedEvent): AuditedRecord {
  return { id, row: { id, ...fields, connection }, sourcesOf: () => [{ connection, stream }] };
}

/** Which stream told a product is not kept, so the connection alone is named. */
export function productRecord({ key, connection, ...fields }: ScannedProduct): AuditedRecord {
  return { id: key, row: { ...fields, connection }, sourcesOf: () => [{ connection, stream: '' }] };
}

export function consentRecord({ key, origin, ...choice }: ScannedConsent): AuditedRecord {
  return {
    id: key,
    row: { ...choice },
    sourcesOf: () => [{ connection: origin.connection, stream: origin.stream }],
  };
}

/** What the lines come to, with shipping, tax and discount; undefined: a line tells no price, or there is none. */
function totalOf({ lines, properties }: ScannedOrder): number | undefined {
  if (lines.length === 0) return undefined;
  let sum = 0;
  for (const { price, quantity = 1 } of lines) {
    const amount = Number(price) * Number(quantity);
    if (price === undefined || !Number.isFinite(amount)) return undefined;
    sum += amount;
  }
  const extra = (name: string): number => (typeof properties[name] === 'number' ? properties[name] : 0);
  return sum + extra('shipping') + extra('tax') - Math.abs(extra('discount'));
}

function traitOf(field: string): string {
  const [head = '', name = ''] = field.split('.');
  return head === 'traits' ? name : head;
}

function distinct(sources: readonly Source[]): Source[] {
  const known = new Map(sources.map(({ connection, stream }) => [`${connection}/${stream}`, { connection, stream }]));
  return [...known.values()];
}
