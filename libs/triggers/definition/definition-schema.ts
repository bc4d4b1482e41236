import { MillraceError, type JsonSchema } from '@millrace/sdk';
import { lazySchema } from '#platform';

const text = (maxLength: number): JsonSchema => ({ type: 'string', minLength: 1, maxLength });
const duration: JsonSchema = { type: 'string', pattern: '^\\d{1,6}(s|min|h|d|w)$' };
const condition: JsonSchema = { type: 'object' };
const slug = text(63);

function record(required: string[], properties: Record<string, JsonSchema>): JsonSchema {
  return { type: 'object', required, properties, additionalProperties: false };
}

const valueTest = record(['is'], { is: text(20), value: {} });
const event = { name: text(200), where: condition };

/** Of each part of a trigger; what has several forms is chosen by the field that names it. */
const forms: Record<string, Record<string, JsonSchema>> = {
  on: {
    event: record(['event'], { event: text(200), where: condition }),
    entersAudience: record(['entersAudience'], { entersAudience: slug }),
    leavesAudience: record(['leavesAudience'], { leavesAudience: slug }),
    trait: record(['trait'], { trait: text(200), from: valueTest, to: valueTest, newPeople: { type: 'boolean' } }),
  },
  do: {
    sync: record(['sync'], { sync: slug }),
    webhook: record(['webhook'], { webhook: { type: 'object' } }),
    handOver: record(['handOver'], {
      handOver: record(['connection', 'object'], {
        ...{ connection: slug, object: text(200), mapping: { type: 'object' } },
        mode: { enum: ['upsert', 'insert'] },
      }),
    }),
  },
};

const rest = record([], {
  wait: duration,
  coolDown: duration,
  maxAge: duration,
  unless: record([], {
    events: { type: 'array', minItems: 1, maxItems: 20, items: record(['name'], event) },
    orders: { type: 'boolean' },
  }),
  requires: record(['channel', 'purpose'], { channel: text(63), purpose: text(63) }),
  limits: record([], {
    perPerson: { type: 'integer', minimum: 1, maximum: 10_000 },
    perHour: { type: 'integer', minimum: 1, maximum: 10_000_000 },
  }),
});

const faultsOfRest = lazySchema(rest);
const faultsOfForm = new Map(
  Object.entries(forms).map(([part, choices]) => [
    part,
    new Map(Object.entries(choices).map(([name, schema]) => [name, lazySchema(schema)])),
  ]),
);

/** Throws `bad_request` that names the place. */
export function checkShape({ on, do: action, ...others }: { on: unknown; do: unknown }): void {
  for (const [part, value] of [
    ['on', on],
    ['do', action],
  ] as const) {
    const choices = faultsOfForm.get(part) ?? new Map<string, never>();
    const named = typeof value === 'object' && value !== null ? Object.keys(value) : [];
    const chosen = [...choices.keys()].filter((name) => named.includes(name));
    const faultsOf = chosen.length === 1 ? choices.get(chosen[0] ?? '') : undefined;
    if (!faultsOf)
      throw new MillraceError('bad_request', `\`${part}\` has exactly one of ${[...choices.keys()].join(', ')}.`);
    refuse(part, faultsOf(value));
  }
  refuse('', faultsOfRest(others));
}

function refuse(part: string, faults: { path: string; message: string }[]): void {
  const [fault] = faults;
  if (!fault) return;
  const place = [part, fault.path.replace(/^\//, '').replaceAll('/', '.')].filter(Boolean).join('.');
  throw new MillraceError('bad_request', `\`${place || 'The trigger'}\` ${fault.message}.`);
}
