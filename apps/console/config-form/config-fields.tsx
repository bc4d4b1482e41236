import { useState } from 'react';
import { Field } from '../forms/index.ts';
import { SchemaForm, type Schema } from '../schema-form/index.ts';
import { listText } from '../texts/index.ts';
import type { ConfigDraft } from './config-draft.ts';
import type { Refused } from './refused.ts';
import { slugOf } from '../texts/index.ts';
import { labelsOf } from './typed.ts';

interface Props {
  schema: Schema;
  draft: ConfigDraft;
  onChange: (change: Partial<ConfigDraft>) => void;
  /** What a name may be like. */
  example: string;
  refused: Refused;
  /** Dotted paths of the secrets that are stored. */
  stored?: readonly string[];
  /** It has its slug for good. */
  hasSlug: boolean;
}

export function ConfigFields({ schema, draft, onChange, example, refused, stored, hasSlug }: Props) {
  const [labels, setLabels] = useState(() => listText(draft.labels ?? []));
  return (
    <>
      <Field label="Name" required faults={refused.name}>
        {(tied) => (
          <input
            {...tied}
            value={draft.name}
            placeholder={`such as ${example}`}
            required
            maxLength={100}
            autoComplete="off"
            onChange={({ target }) => onChange({ name: target.value })}
          />
        )}
      </Field>
      <SchemaForm
        schema={schema}
        value={draft.config}
        faults={refused.config}
        stored={stored}
        onChange={(config) => onChange({ config })}
      />
      {!hasSlug && (
        <Field label="Slug" hint="Names it in addresses and in configuration as code." faults={refused.slug}>
          {(tied) => (
            <input
              {...tied}
              value={draft.slug ?? slugOf(draft.name)}
              maxLength={63}
              autoComplete="off"
              spellCheck={false}
              onChange={({ target }) => onChange({ slug: target.value })}
            />
          )}
        </Field>
      )}
      {draft.labels && (
        <Field label="Labels" hint="Separated by commas." faults={refused.labels}>
          {(tied) => (
            <input
              {...tied}
              value={labels}
              autoComplete="off"
              onChange={({ target }) => {
                setLabels(target.value);
                onChange({ labels: labelsOf(target.value) });
              }}
            />
          )}
        </Field>
      )}
    </>
  );
}
