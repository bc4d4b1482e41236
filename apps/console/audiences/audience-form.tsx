import { useEffect, useRef, useState } from 'react';
import type { ApiProblem, Audience } from '../api/index.ts';
import { useFilledForm, type FilledForm } from '../drafts/index.ts';
import { CancelButton, Field, FieldGroup, firstFault, form, OvertakenNotice, RestoredNotice } from '../forms/index.ts';
import { slugOf } from '../texts/index.ts';
import { Button, Notice } from '../ui/index.ts';
import { AudienceBoth } from './audience-both.tsx';
import { conditionDraftOf, conditionOf, slugIn, type AudienceDraft } from './audience-draft.ts';
import { lacksField } from './test-draft.ts';
import { TestRows } from './test-rows.tsx';
import { Tried } from './tried.tsx';
import style from './audience-form.module.css';

interface Props {
  /** Names the form in this tab. */
  place: string;
  blank: AudienceDraft;
  /** Why it was not saved. */
  problem: ApiProblem | undefined;
  busy: boolean;
  onSave: (filled: FilledForm<AudienceDraft>, draft: AudienceDraft) => void;
  /** What somebody else saved meanwhile, which stands in the way. */
  theirs?: Audience;
  /** That is to be taken. */
  onTheirs?: () => void;
  onLeave: () => void;
}

/** Whom an audience means: tests in rows, or the condition as JSON where rows cannot say it. */
export function AudienceForm({ place, blank, problem, busy, onSave, theirs, onTheirs, onLeave }: Props) {
  const filled = useFilledForm(place, blank);
  const { draft, dirty, restored, change, discard, forget } = filled;
  const [lacks, setLacks] = useState<Lacks>(none);
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => {
    firstFault(element.current)?.focus();
  }, [lacks]);
  const { join, tests, json } = draft;
  const isJson = json !== undefined;
  const isSwitched = useRef(false);
  useEffect(() => {
    // The button is gone with what it did.
    if (isSwitched.current) element.current?.querySelector<HTMLElement>('textarea, fieldset select')?.focus();
    isSwitched.current = false;
  }, [isJson]);
  const write = (other: Partial<AudienceDraft>) => {
    isSwitched.current = true;
    change(other);
  };
  const isThere = blank.madeFrom !== undefined; // so it has its slug already
  const makesNone = draft.name.trim() !== '' && slugOf(draft.name) === ''; // as names in Chinese or Arabic
  const asksSlug = !isThere && (makesNone || draft.slug !== undefined);
  const save = (wanted: AudienceDraft) => {
    const found = lacksOf(wanted);
    setLacks(found);
    if (found === none) onSave(filled, wanted);
  };
  const fieldless = tests.filter((test) => lacks.fields.includes(test.id) && lacksField(test)).map(({ id }) => id);
  const nextId = Math.max(0, ...tests.map(({ id }) => id)) + 1;
  const add = () => change({ tests: [...tests, { id: nextId, field: '', is: 'equals', value: '' }] });
  return (
    <form
      ref={element}
      className={form.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save(draft);
      }}
    >
      {restored && dirty && <RestoredNotice onDiscard={discard} />}
      <Field
        label="Name"
        required
        hint={slugIn(draft) === '' ? undefined : `Its slug ${isThere ? 'stays' : 'is'} ${slugIn(draft)}.`}
        faults={lacks.name ? ['Give it a name.'] : []}
      >
        {(tied) => (
          <input
            {...tied}
            value={draft.name}
            required
            maxLength={100}
            autoComplete="off"
            placeholder="such as Loyal tea drinkers"
            onChange={({ target }) => change({ name: target.value })}
          />
        )}
      </Field>
      {asksSlug && (
        <Field
          label="Slug"
          required
          hint="Names it in addresses and in configuration as code, in letters from a to z, digits and hyphens."
          faults={lacks.slug ? ['Give it a slug.'] : []}
        >
          {(tied) => (
            <input
              {...tied}
              value={draft.slug ?? ''}
              required
              maxLength={63}
              autoComplete="off"
              spellCheck={false}
              placeholder="such as tea-drinkers"
              onChange={({ target }) => change({ slug: target.value || undefined })}
            />
          )}
        </Field>
      )}
      <Field label="Description">
        {(tied) => (
          <input
            {...tied}
            value={draft.description}
            maxLength={1_000}
            autoComplete="off"
            onChange={({ target }) => change({ description: target.value })}
          />
        )}
      </Field>
      {json === undefined ? (
        <FieldGroup
          title="Who is in it"
          hint="Everybody for whom these tests hold. Numbers, true and false are what they look like; quotes make a text of them."
          rows={tests.length}
          faults={fieldless.length > 0 ? ['Name the field that each test is about, or remove the test.'] : []}
        >
          <select
            aria-label="Which tests have to hold"
            value={join}
            onChange={({ target }) => change({ join: target.value as AudienceDraft['join'] })}
          >
            <option value="all">all of these hold</option>
            <option value="any">at least one of these holds</option>
          </select>
          <TestRows tests={tests} fieldless={fieldless} onChange={(changed) => change({ tests: changed })} />
          <div className={style.more}>
            <Button type="button" icon="plus" onClick={add}>
              Add a test
            </Button>
            <Button
              type="button"
              kind="quiet"
              onClick={() => write({ json: JSON.stringify(conditionOf(draft), undefined, 2) })}
            >
              Write it as JSON
            </Button>
          </div>
        </FieldGroup>
      ) : (
        <Field
          label="Who is in it, as JSON"
          hint="What rows cannot say: tests within tests, not, consents, and figures about orders and events."
        >
          {(tied) => (
            <textarea
              {...tied}
              rows={12}
              spellCheck={false}
              value={json}
              onChange={({ target }) => change({ json: target.value })}
            />
          )}
        </Field>
      )}
      {json !== undefined && rowsOf(json) && (
        <div className={style.more}>
          <Button type="button" kind="quiet" onClick={() => write(rowsOf(json) ?? {})}>
            Write it in rows
          </Button>
        </div>
      )}
      <Tried draft={draft} />
      {theirs && onTheirs && (
        <>
          <OvertakenNotice
            what="audience"
            onTheirs={() => {
              forget();
              onTheirs();
            }}
            onMine={() => {
              change({ madeFrom: theirs.edition });
              save({ ...draft, madeFrom: theirs.edition });
            }}
          />
          <AudienceBoth {...{ theirs, draft }} />
        </>
      )}
      {problem && <Notice kind="problem">{problem.message}</Notice>}
      <div className={form.buttons}>
        <Button kind="main" icon="check" busy={busy}>
          {isThere ? 'Save' : 'Make the audience'}
        </Button>
        <CancelButton dirty={dirty} forget={forget} onLeave={onLeave} />
      </div>
    </form>
  );
}

/** What has to be filled in yet: the name, the slug where the name makes none, and the fields of these tests. */
interface Lacks {
  name: boolean;
  slug: boolean;
  fields: readonly number[];
}

const none: Lacks = { name: false, slug: false, fields: [] };

function lacksOf(draft: AudienceDraft): Lacks {
  const fields = draft.json === undefined ? draft.tests.filter(lacksField).map(({ id }) => id) : [];
  const hasName = draft.name.trim() !== '';
  const hasSlug = slugIn(draft) !== '';
  if (hasSlug && fields.length === 0) return none;
  return { name: !hasName && !hasSlug, slug: hasName && !hasSlug, fields };
}

/** The same in rows; undefined where they cannot say it. */
function rowsOf(json: string): Partial<AudienceDraft> | undefined {
  try {
    const condition: unknown = JSON.parse(json);
    if (typeof condition !== 'object' || condition === null || Array.isArray(condition)) return undefined;
    const rows = conditionDraftOf(condition as Record<string, unknown>);
    return rows.json === undefined ? { ...rows, json: undefined } : undefined;
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}
