import type { ConditionCount } from '../api/index.ts';
import type { AudienceDraft } from './audience-draft.ts';
import { useTried } from './use-tried.ts';
import style from './audience-form.module.css';

/** Whom a condition would mean, while it is filled in. */
export function Tried({ draft }: { draft: AudienceDraft }) {
  const { nothing, outcome } = useTried(draft);
  return (
    <div role="status" className={style.tried}>
      {nothing ? (
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
