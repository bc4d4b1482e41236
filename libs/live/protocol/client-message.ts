import { MillraceError, parseJson, type Json, type JsonSchema } from '@millrace/sdk';
import { lazySchema } from '#platform';

/** What a client may say. `id` is the client's own name for what it asks; answers carry it. */
export type ClientMessage =
  | { type: 'auth'; key: string }
  | { type: 'push'; id: string; batch: Json[]; sentAt?: Json; context?: Json; integrations?: Json }
  | { type: 'subscribe'; id: string; to: 'profile'; profile?: string; identity?: string }
  | { type: 'subscribe'; id: string; to: 'run'; run: string }
  | { type: 'subscribe'; id: string; to: 'audience'; audience: string; after?: string }
  | { type: 'unsubscribe'; id: string };

const id: JsonSchema = {
  type: 'string',
  minLength: 1,
  maxLength: 100,
  description: 'Your name for it; answers carry it.',
};
const text: JsonSchema = { type: 'string', minLength: 1, maxLength: 500 };

function message(type: string, required: string[], properties: Record<string, JsonSchema>): JsonSchema {
  return {
    type: 'object',
    required: ['type', ...required],
    properties: { type: { const: type }, ...properties },
    additionalProperties: false,
  };
}

function subscription(to: string, required: string[], properties: Record<string, JsonSchema>): JsonSchema {
  return message('subscribe', ['id', 'to', ...required], { id, to: { const: to }, ...properties });
}

const auth = message('auth', ['key'], { key: { ...text, description: 'An API key, or the write key of a source.' } });
const push = message('push', ['id', 'batch'], {
  ...{ id, batch: { type: 'array', minItems: 1, maxItems: 2_500, description: 'Messages as in POST /v1/batch.' } },
  ...{ sentAt: {}, context: {}, integrations: {} },
});
const subscriptions: Record<string, JsonSchema> = {
  profile: subscription('profile', [], { profile: text, identity: text }),
  run: subscription('run', ['run'], { run: text }),
  audience: subscription('audience', ['audience'], {
    audience: text,
    after: { ...text, description: 'The `position` of the last changes that you have dealt with.' },
  }),
};
const unsubscribe = message('unsubscribe', ['id'], { id });

export const clientSchemas: JsonSchema[] = [auth, push, ...Object.values(subscriptions), unsubscribe];

const byType = new Map([
  ['auth', lazySchema(auth)],
  ['push', lazySchema(push)],
  ['unsubscribe', lazySchema(unsubscribe)],
]);
const bySubject = new Map(Object.entries(subscriptions).map(([to, schema]) => [to, lazySchema(schema)]));

/** Throws `invalid_json`, `bad_request`. */
export function readClientMessage(text: string): ClientMessage {
  const given = parsed(text);
  const { type, to } = given as { type?: unknown; to?: unknown };
  const faultsOf = type === 'subscribe' ? bySubject.get(String(to)) : byType.get(String(type));
  if (!faultsOf)
    throw new MillraceError(
      'bad_request',
      'A message has the type auth, push, subscribe (to profile, run or audience) or unsubscribe.',
    );
  const [fault] = faultsOf(given);
  if (!fault) return given as ClientMessage;
  throw new MillraceError('bad_request', `${fault.path || 'The message'} ${fault.message}.`);
}

/** The id of a message, as far as it has one: for the answer that says what is wrong with it. */
export function idIn(text: string): string | undefined {
  try {
    const { id: told } = parsed(text) as { id?: unknown };
    return typeof told === 'string' ? told.slice(0, 100) : undefined;
  } catch {
    return undefined; // the answer goes without
  }
}

function parsed(text: string): object {
  try {
    const given = parseJson(text);
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given;
  } catch (cause) {
    throw new MillraceError('invalid_json', 'The message is not valid JSON.', { cause });
  }
  throw new MillraceError('bad_request', 'A message is a JSON object.');
}
