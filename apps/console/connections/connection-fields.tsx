import { useState } from 'react';
import { Field } from '../forms/index.ts';
import { SchemaForm, type JsonObject, type Schema } from '../schema-form/index.ts';
import { listText } from '../texts/index.ts';
import type { Refused } from './refused.ts';
import { labelsOf, slugOf } from './typed.ts';

/** What is entered of a connection. */
export interface ConnectionDraft {
  name: string;
  /** Undefined: as the name suggests. */
  slug?: string;
  labels: string[];
  config: JsonObject;
}

interface Props {
  schema: Schema;
  draft: ConnectionDraft;
  onChange: (draft: ConnectionDraft) => void;
  refused: Refused;
  /** Dotted paths of the secrets that are stored. */
  stored?: readonly string[];
  /** It has its slug for good. */
  hasSlug: boolean;
}

export function ConnectionFields({ schema, draft, onChange, refused, stored, hasSlug }: Props) {
  const [labels, setLabels] = useState(() => listText(draft.labels));
  return (
    <>
      <Field label="Name" required faults={refused.name}>
        {(tied) => (
          <input
            {...tied}
            value={draft.name}
            placeholder="such as Shop database"
            required
            maxLength={100}
            autoComplete="off"
            onChange={({ target }) => onChange({ ...draft, name: target.value })}
          />
        )}
      </Field>
      <SchemaForm
        schema={schema}
        value={draft.config}
        faults={refused.config}
        stored={stored}
        onChange={(config) => onChange({ ...draft, config })}
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
              onChange={({ target }) => onChange({ ...draft, slug: target.value })}
            />
          )}
        </Field>
      )}
      <Field label="Labels" hint="Separated by commas." faults={refused.labels}>
        {(tied) => (
          <input
            {...tied}
            value={labels}
            autoComplete="off"
            onChange={({ target }) => {
              setLabels(target.value);
              onChange({ ...draft, labels: labelsOf(target.value) });
            }}
          />
        )}
      </Field>
    </>
  );
}
