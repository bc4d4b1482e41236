import { useEffect, useRef, useState, type FormEvent } from 'react';
import { overtakenBy, type ApiProblem } from '../api/index.ts';
import type { FilledForm } from '../drafts/index.ts';
import { CancelButton, firstFault, form, OvertakenNotice, RestoredNotice } from '../forms/index.ts';
import { hasSecrets, missingIn, type Schema } from '../schema-form/index.ts';
import { Button, Notice } from '../ui/index.ts';
import { ConfigBoth } from './config-both.tsx';
import type { ConfigDraft } from './config-draft.ts';
import { ConfigFields } from './config-fields.tsx';
import { incomplete, refusedBy, type Refused } from './refused.ts';

interface Props {
  /** What it is: `connection`. */
  what: string;
  /** What a name may be like. */
  example: string;
  schema: Schema;
  filled: FilledForm<ConfigDraft>;
  /** Why it was not saved. */
  problem: ApiProblem | undefined;
  /** Dotted paths of the secrets that are stored. */
  stored?: readonly string[];
  /** It has its slug for good. */
  hasSlug?: boolean;
  busy: boolean;
  /** What the button says that saves it. */
  save: string;
  /** Everything that has to be filled in is. */
  onSave: (draft: ConfigDraft) => void;
  /** Where the API has what is saved; absent: it is yet to be made. */
  path?: string;
  /** Somebody else changed it meanwhile, and that is to be taken instead; absent: it is yet to be made. */
  onTheirs?: () => void;
  onLeave: () => void;
}

/** What is entered of a configuration. Whoever saves it too early, or is refused, is led to the first field that is not right. */
export function ConfigForm(props: Props) {
  const { schema, filled, problem, stored = none, hasSlug = false, busy, onSave, onTheirs, onLeave } = props;
  const { draft, dirty, restored, change } = filled;
  const [early, setEarly] = useState<Refused>();
  /** Grows with each draft that comes from elsewhere: fields that know what was typed begin anew. */
  const [generation, setGeneration] = useState(0);
  const element = useRef<HTMLFormElement>(null);
  const refused = early ?? refusedBy(problem, schema);
  const overtaken = problem && onTheirs && overtakenBy(problem);
  useEffect(() => {
    firstFault(element.current)?.focus();
  }, [early, problem]);
  const save = (event: FormEvent) => {
    event.preventDefault();
    const missing = missingIn(schema, draft.config, stored);
    const isNameless = draft.name.trim() === '';
    setEarly(isNameless || missing.length > 0 ? incomplete(isNameless, missing) : undefined);
    if (!isNameless && missing.length === 0) onSave(draft);
  };
  const discard = () => {
    filled.discard();
    setEarly(undefined);
    setGeneration((before) => before + 1);
  };
  return (
    <form ref={element} className={form.form} noValidate onSubmit={save}>
      {restored && dirty && <RestoredNotice secrets={hasSecrets(schema)} onDiscard={discard} />}
      <ConfigFields
        key={generation}
        schema={schema}
        draft={draft}
        onChange={change}
        example={props.example}
        refused={refused}
        stored={stored}
        hasSlug={hasSlug}
      />
      {overtaken !== undefined && onTheirs ? (
        <>
          <OvertakenNotice
            what={props.what}
            onTheirs={onTheirs}
            onMine={() => {
              change({ madeFrom: overtaken });
              onSave({ ...draft, madeFrom: overtaken });
            }}
          />
          {props.path !== undefined && <ConfigBoth key={overtaken} path={props.path} schema={schema} draft={draft} />}
        </>
      ) : (
        refused.words !== undefined && <Notice kind="problem">{refused.words}</Notice>
      )}
      <div className={form.buttons}>
        <Button kind="main" icon="check" busy={busy}>
          {props.save}
        </Button>
        <CancelButton dirty={dirty} forget={filled.forget} onLeave={onLeave} />
      </div>
    </form>
  );
}

const none: readonly never[] = [];
