import { compileSchema, defineConnector, type JsonSchema } from '../../index.ts';
import { fault, succeed } from './fault.ts';
import type { ContractCheck } from './options.ts';
import type { Workbench } from './workbench.ts';

const secretName = /(^|_|[a-z])(password|passphrase|secret|token|(?:api|private|access|auth|signing)_?key)$/i;
const addressName = /^(url|base_?url|host|hostname|endpoint|server)$/i;

interface Property {
  path: string;
  schema: JsonSchema;
}

/** What the connector declares: its identity, and its configuration's schema. */
export function declarationChecks(bench: Workbench): ContractCheck[] {
  return [
    {
      name: 'is declared as a connector',
      run: async () => {
        await succeed('Declaring the connector', () => defineConnector(bench.connector));
        if (typeof bench.connector.check !== 'function') throw fault('The connector has no check(). Add one.');
      },
    },
    {
      name: 'describes every field of its configuration',
      run: async () => {
        const { schema } = await bench.spec();
        await succeed("Compiling the configuration's schema", () => compileSchema(schema));
        const untitled = propertiesOf(schema).find(
          (property) => !property.schema.title && !('const' in property.schema),
        );
        if (untitled) throw fault(`The field "${untitled.path}" has no title. Give it one: the form shows it.`);
      },
    },
    {
      name: 'marks its secrets',
      run: async () => {
        const { schema, secrets } = await bench.spec();
        const open = propertiesOf(schema).find(
          ({ path, schema }) => secretName.test(path) && isText(schema) && !isMarked(secrets, path),
        );
        if (open)
          throw fault(
            `The field "${open.path}" looks like a secret. Mark it: @Field({ secret: true }), or "x-secret": true.`,
          );
      },
    },
    {
      name: 'binds its secrets to where they are sent',
      run: async () => {
        const { schema, secrets, bindsSecrets } = await bench.spec();
        if (secrets.length === 0) return;
        const open = propertiesOf(schema).find(
          ({ path }) => addressName.test(path.split('.').at(-1) ?? '') && !isMarked(bindsSecrets, path),
        );
        if (open) {
          throw fault(
            `The field "${open.path}" says where secrets are sent. Mark it: @Field({ bindsSecrets: true }), or "x-binds-secrets": true.`,
          );
        }
      },
    },
  ];
}

function isText(schema: JsonSchema): boolean {
  return (
    schema.type === undefined ||
    schema.type === 'string' ||
    (Array.isArray(schema.type) && schema.type.includes('string'))
  );
}

/** A field is marked when it, or what it belongs to, is. */
function isMarked(marked: string[], path: string): boolean {
  return marked.some((mark) => path === mark || path.startsWith(`${mark}.`));
}

function propertiesOf(schema: JsonSchema, prefix = ''): Property[] {
  const own = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>).flatMap(([name, property]) => [
    { path: prefix + name, schema: property },
    ...propertiesOf(property, `${prefix}${name}.`),
  ]);
  const branches = [schema.oneOf, schema.anyOf, schema.allOf].flatMap((list) => (list ?? []) as JsonSchema[]);
  return [...own, ...branches.flatMap((branch) => propertiesOf(branch, prefix))];
}
