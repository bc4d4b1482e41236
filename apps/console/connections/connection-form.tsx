import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { ApiProblem, Connector } from '../api/index.ts';
import { form } from '../forms/index.ts';
import { missingIn } from '../schema-form/index.ts';
import { Button, Notice } from '../ui/index.ts';
import { ConnectionFields, type ConnectionDraft } from './connection-fields.tsx';
import { incomplete, refusedBy, type Refused } from './refused.ts';

interface Props {
  connector: Connector;
  draft: ConnectionDraft;
  onChange: (draft: ConnectionDraft) => void;
  /** Why it was not saved. */
  problem: ApiProblem | undefined;
  /** Dotted paths of the secrets that are stored. */
  stored?: readonly string[];
  /** It has its slug for good. */
  hasSlug?: boolean;
  busy: boolean;
  /** Everything that has to be filled in is. */
  onSave: () => void;
  onLeave: () => void;
}

/** What is entered of a connection. Whoever saves it too early, or is refused, is led to the first field that is not right. */
export function ConnectionForm(props: Props) {
  const { connector, draft, onChange, problem, stored = none, hasSlug = false, busy, onSave, onLeave } = props;
  const [early, setEarly] = useState<Refused>();
  const element = useRef<HTMLFormElement>(null);
  const schema = connector.config;
  const refused = early ?? refusedBy(problem, schema);
  useEffect(() => {
    element.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [early, problem]);
  const save = (event: FormEvent) => {
    event.preventDefault();
    const missing = missingIn(schema, draft.config, stored);
    const isNameless = draft.name.trim() === '';
    setEarly(isNameless || missing.length > 0 ? incomplete(isNameless, missing) : undefined);
    if (!isNameless && missing.length === 0) onSave();
  };
  return (
    <form ref={element} className={form.form} noValidate onSubmit={save}>
      <ConnectionFields
        schema={schema}
        draft={draft}
        onChange={onChange}
        refused={refused}
        stored={stored}
        hasSlug={hasSlug}
      />
      {refused.words !== undefined && <Notice kind="problem">{refused.words}</Notice>}
      <div className={form.buttons}>
        <Button kind="main" icon="check" busy={busy}>
          Save and check
        </Button>
        <Button type="button" onClick={onLeave}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

const none: readonly never[] = [];
