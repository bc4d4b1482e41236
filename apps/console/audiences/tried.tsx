import { useEffect, useState } from 'react';
import { asProblem, useApi, type ConditionCount } from '../api/index.ts';
import { useSettled } from '../ui/index.ts';
import { conditionOf, type AudienceDraft } from './audience-draft.ts';
import style from './audience-form.module.css';

/** Milliseconds without a change until it is tried. */
const rest = 400;

type Outcome = { count: ConditionCount } | { fault: string };

/** Whom a condition would mean, while it is filled in: counted by the server, which has the last word on whether it is one at all. */
export function Tried({ draft }: { draft: AudienceDraft }) {
  const api = useApi();
  const text = useSettled(textOf(draft), rest);
  const [outcome, setOutcome] = useState<Outcome>();
  useEffect(() => {
    if (text === undefined) return;
    const outdated = new AbortController();
    const body = { condition: JSON.parse(text) as unknown };
    api.post<ConditionCount>('api/audiences/count', { body, signal: outdated.signal }).then(
      (count) => setOutcome({ count }),
      (thrown: unknown) => outdated.signal.aborted || setOutcome({ fault: asProblem(thrown).message }),
    );
    return () => outdated.abort();
  }, [api, text]);
  return (
    <div role="status" className={style.tried}>
      {text === undefined ? (
        <p>{draft.json === undefined ? 'Name a field, to see whom it means.' : 'That is no JSON yet.'}</p>
      ) : outcome === undefined ? (
        <p>Counting …</p>
      ) : 'fault' in outcome ? (
        <p className={style.fault}>{outcome.fault}</p>
      ) : (
        <Counted of={outcome.count} />
      )}
    </div>
  );
}

function Counted({ of: { count, exact, people, sentence, warnings } }: { of: ConditionCount }) {
  return (
    <>
      <p>
        <b>
          {exact ? '' : 'about '}
          {count.toLocaleString('en')} of {people.toLocaleString('en')} people
        </b>
        : {sentence}
      </p>
      {warnings.map((warning) => (
        <p key={warning}>{warning}</p>
      ))}
    </>
  );
}

/** The condition as JSON; undefined where nothing can be tried. */
function textOf(draft: AudienceDraft): string | undefined {
  if (draft.json === undefined && draft.tests.every(({ field }) => field.trim() === '')) return undefined;
  try {
    return JSON.stringify(conditionOf(draft));
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}
