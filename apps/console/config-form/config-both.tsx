import { useFollowed } from '../api/index.ts';
import { Both, type BothRow } from '../forms/index.ts';
import { tidied, withoutSecrets, type JsonObject, type Schema } from '../schema-form/index.ts';
import { listText } from '../texts/index.ts';
import type { ConfigDraft } from './config-draft.ts';

interface Props {
  /** Where the API has what is saved. */
  path: string;
  schema: Schema;
  draft: ConfigDraft;
}

const once = { every: 1_000, isOver: () => true };

/** What somebody else has saved meanwhile beside what is filled in here. */
export function ConfigBoth({ path, schema, draft }: Props) {
  const { found: theirs } = useFollowed<ConfigDraft>(path, once);
  if (!theirs) return null;
  return <Both rows={rowsOf(schema, theirs, draft)} same="Both say the same, apart from secrets." />;
}

function rowsOf(schema: Schema, theirs: ConfigDraft, yours: ConfigDraft): BothRow[] {
  const [their, your] = [theirs, yours].map(({ config }) => tidied(withoutSecrets(schema, config)) as JsonObject);
  const names = new Set([their, your].flatMap((config) => Object.keys(config ?? {})));
  return [
    ['Name', theirs.name, yours.name.trim()],
    ['Labels', listText(theirs.labels ?? []), listText((yours.labels ?? []).toSorted())],
    ...[...names].map((name): BothRow => [
      schema.properties?.[name]?.title ?? name,
      textIn(their, name),
      textIn(your, name),
    ]),
  ];
}

function textIn(config: JsonObject | undefined, name: string): string {
  const value = config?.[name];
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
