import type { JsonSchema } from '@millrace/sdk';
import type { ApiClient } from '../../api/api-client.ts';
import type { Kind } from '../kinds/index.ts';

interface Operation {
  parameters?: { name: string; in: string }[];
  requestBody?: { content?: { 'application/json'?: { schema?: JsonSchema } } };
}

interface OpenApi {
  paths: Record<string, Partial<Record<'get' | 'put' | 'post' | 'delete', Operation>>>;
  components?: { schemas?: Record<string, JsonSchema> };
}

export interface Route {
  /** What PUT takes, without references to elsewhere. */
  body: JsonSchema;
  /** Whether DELETE removes it. */
  removable: boolean;
  /** Whether DELETE takes `?rehearse=true`. */
  rehearsesRemoval: boolean;
  /** Whether PUT takes `?rehearse=true`. Without it, asking would be doing. */
  rehearses: boolean;
  /** Whether PUT takes `If-Match` and `If-None-Match`. */
  fenced: boolean;
  /** Whether several can be rehearsed together. */
  rehearsesTogether: boolean;
}

/** What the server's own description says about resources that are put by slug. So new fields need nothing here. */
export class BodySchemas {
  private constructor(private readonly api: OpenApi) {}

  static async of(client: ApiClient): Promise<BodySchemas> {
    return new BodySchemas(await client.get<OpenApi>('/docs-json'));
  }

  /** Undefined when this server has no such resources. */
  route({ path, single, together }: Pick<Kind, 'path' | 'single' | 'together'>): Route | undefined {
    const wanted = single === undefined ? `${path}/` : path;
    const found = Object.entries(this.api.paths).find(([each]) => each.replace(/\{\w+\}$/, '') === wanted)?.[1];
    const body = found?.put?.requestBody?.content?.['application/json']?.schema;
    const canRehearse = (operation?: Operation): boolean =>
      operation?.parameters?.some((one) => one.in === 'query' && one.name === 'rehearse') ?? false;
    if (!body) return undefined;
    const rehearsesTogether = together !== undefined && this.api.paths[together.path]?.post !== undefined;
    return {
      body: this.inlined(body),
      removable: found?.delete !== undefined,
      rehearses: canRehearse(found?.put),
      rehearsesRemoval: canRehearse(found?.delete),
      rehearsesTogether,
      fenced: found?.put?.parameters?.some(({ name }) => name === 'If-None-Match') ?? false,
    };
  }

  /** Closed: a field that is not described is not known. */
  private inlined(schema: JsonSchema, above: string[] = []): JsonSchema {
    const { $ref, allOf, nullable, ...rest } = schema as JsonSchema & { $ref?: string; nullable?: boolean };
    const name = $ref?.split('/').at(-1) ?? '';
    if ($ref)
      return above.includes(name) ? {} : this.inlined(this.api.components?.schemas?.[name] ?? {}, [...above, name]);
    if (Array.isArray(allOf) && allOf.length === 1) return this.inlined(allOf[0] as JsonSchema, above);
    const properties = rest.properties as Record<string, JsonSchema> | undefined;
    return {
      ...rest,
      ...(nullable && typeof rest.type === 'string' && { type: [rest.type, 'null'] }),
      ...(rest.items !== undefined && { items: this.inlined(rest.items as JsonSchema, above) }),
      ...(properties && {
        properties: Object.fromEntries(
          Object.entries(properties).map(([field, each]) => [field, this.inlined(each, above)]),
        ),
        additionalProperties: false,
      }),
    };
  }
}
