import { MillraceError, messageOf, type ConnectorContext, type HttpClient } from '@millrace/sdk';
import type { KafkaConfig, TopicSchemaConfig } from '../config.ts';
import type { RegisteredSchema, SchemaCodec, SchemaType } from './registered-schema.ts';
import { schemaCodec } from './schema-codec.ts';

/** Schemas that are kept; more are fetched again. */
const maxSchemas = 1_000;
/** Milliseconds for which it is remembered that a schema is not there or cannot be used. */
const refusalMs = 30_000;

interface Answer {
  id?: number;
  schema: string;
  schemaType?: string;
  references?: { name: string; subject: string; version: number }[];
}

/** The schema that a topic is written with. */
export interface WritingSchema {
  id: number;
  codec: SchemaCodec;
}

/** Why a message cannot be decoded, whoever asks and however often: its schema is not there, or cannot be used. */
export class UnusableSchema extends Error {}

/**
 * A schema registry, over Confluent's REST API: https://docs.confluent.io/platform/current/schema-registry/develop/api.html. A schema never
 * changes under its id, so it is fetched once.
 */
export class Registry {
  readonly #byId = new Map<number, Promise<SchemaCodec>>();
  readonly #bySubject = new Map<string, Promise<WritingSchema>>();

  constructor(private readonly http: HttpClient) {}

  /** Throws when the registry cannot be asked. */
  async check(): Promise<void> {
    await this.http.get('/schemas/types', { responseType: 'json' });
  }

  /** @throws UnusableSchema, or a MillraceError when the registry cannot be asked */
  codecOf(id: number): Promise<SchemaCodec> {
    return remembered(this.#byId, id, async () => {
      const answer = await this.#get(`/schemas/ids/${id}`);
      if (!answer) throw new UnusableSchema(`the registry has no schema ${id}`);
      return this.#compiled(answer, `schema ${id}`);
    });
  }

  /** The schema to write a topic with: the configured one, registered if that is wanted, or else the newest of its subject. */
  writing(settings: TopicSchemaConfig): Promise<WritingSchema> {
    const { topic, subject = `${topic}-value` } = settings;
    return remembered(this.#bySubject, topic, async () => {
      const answer =
        settings.schema === undefined ? await this.#newest(subject) : await this.#placed(subject, settings);
      return { id: answer.id, codec: await this.#compiled(answer, `the schema of "${subject}"`) };
    });
  }

  async #newest(subject: string): Promise<Answer & { id: number }> {
    const answer = await this.#get(`/subjects/${encodeURIComponent(subject)}/versions/latest`);
    if (answer?.id !== undefined) return { ...answer, id: answer.id };
    throw new MillraceError(
      'invalid_config',
      `The registry has no subject "${subject}". Register a schema, or configure it with "Register the schema".`,
    );
  }

  async #placed(subject: string, settings: TopicSchemaConfig): Promise<Answer & { id: number }> {
    const { schema = '', type, register } = settings;
    const body = { schema, schemaType: type === 'avro' ? 'AVRO' : 'JSON' };
    const path = `/subjects/${encodeURIComponent(subject)}${register ? '/versions' : ''}`;
    const { status, data } = await this.http.post<{ id?: number; message?: string }>(path, body, {
      responseType: 'json',
      validateStatus: (code) => [200, 404, 409, 422].includes(code),
    });
    if (status === 200 && typeof data.id === 'number') return { ...body, id: data.id };
    const why = data.message?.replace(/\.$/, '') ?? `it answered ${status}`;
    throw new MillraceError(
      'invalid_config',
      status === 404
        ? `The registry does not have this schema under "${subject}" (${why}). Register it, or let Millrace do so.`
        : `The registry refuses the schema for "${subject}": ${why}. Correct the schema.`,
    );
  }

  async #compiled(answer: Answer, what: string): Promise<SchemaCodec> {
    const { schema, schemaType = 'AVRO' } = answer;
    if (!isKnown(schemaType)) throw new UnusableSchema(`${what} is ${schemaType}; Avro and JSON Schema can be read`);
    const references = await this.#references(answer);
    try {
      return await schemaCodec({ schema, schemaType, references });
    } catch (error) {
      throw new UnusableSchema(`${what} cannot be used: ${messageOf(error)}`);
    }
  }

  /** What it refers to, and what that refers to first; each once. */
  async #references({ references = [] }: Answer, seen = new Set<string>()): Promise<RegisteredSchema['references']> {
    const found: RegisteredSchema['references'] = [];
    for (const { name, subject, version } of references) {
      const place = `/subjects/${encodeURIComponent(subject)}/versions/${version}`;
      if (seen.has(place)) continue;
      seen.add(place);
      const answer = await this.#get(place);
      if (!answer) throw new UnusableSchema(`the registry has no version ${version} of "${subject}"`);
      found.push(...(await this.#references(answer, seen)), { name, schema: answer.schema });
    }
    return found;
  }

  /** Undefined: there is no such thing. */
  async #get(path: string): Promise<Answer | undefined> {
    const validateStatus = (code: number): boolean => code === 200 || code === 404;
    const { status, data } = await this.http.get<Answer>(path, { responseType: 'json', validateStatus });
    return status === 200 ? data : undefined;
  }
}

const registries = new WeakMap<HttpClient, Registry>();

/** The registry of a connection, with what it has cached for as long as the connection is open; undefined: none is configured. */
export function registryOf({ config, http }: ConnectorContext<KafkaConfig>): Registry | undefined {
  if (!config.registry) return undefined;
  const registry = registries.get(http) ?? new Registry(http);
  registries.set(http, registry);
  return registry;
}

function isKnown(type: string): type is SchemaType {
  return type === 'AVRO' || type === 'JSON';
}

/** One request for all who ask at a time. Failures are asked again: at once, but for what is surely not there. */
function remembered<K, V>(map: Map<K, Promise<V>>, key: K, fetch: () => Promise<V>): Promise<V> {
  const known = map.get(key);
  if (known) return known;
  const [oldest] = map.keys();
  if (map.size >= maxSchemas && oldest !== undefined) map.delete(oldest);
  const fetched = fetch();
  map.set(key, fetched);
  fetched.catch((error: unknown) => {
    if (error instanceof UnusableSchema) setTimeout(() => map.delete(key), refusalMs).unref();
    else map.delete(key);
  });
  return fetched;
}
