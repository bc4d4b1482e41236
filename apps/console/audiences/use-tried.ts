import { useEffect, useState } from 'react';
import { asProblem, useApi, type ConditionCount } from '../api/index.ts';
import { useSettled } from '../ui/index.ts';
import { conditionOf, type AudienceDraft } from './audience-draft.ts';

/** Milliseconds without a change until it is tried. */
const rest = 400;

type Outcome = { count: ConditionCount } | { fault: string };

export interface Tried {
  /** There is nothing to try yet. */
  nothing: boolean;
  /** Of this very condition; undefined while it is counted. */
  outcome?: Outcome;
}

/** Whom a condition would mean, while it is filled in: counted by the server, which has the last word on whether it is one at all. */
export function useTried(draft: AudienceDraft): Tried {
  const api = useApi();
  const now = textOf(draft);
  const text = useSettled(now, rest);
  const [answer, setAnswer] = useState<{ of: string; outcome: Outcome }>();
  useEffect(() => {
    if (text === undefined) return;
    const outdated = new AbortController();
    const body = { condition: JSON.parse(text) as unknown };
    const tell = (outcome: Outcome) => outdated.signal.aborted || setAnswer({ of: text, outcome });
    api.post<ConditionCount>('api/audiences/count', { body, signal: outdated.signal }).then(
      (count) => tell({ count }),
      (thrown: unknown) => tell({ fault: asProblem(thrown).message }),
    );
    return () => outdated.abort();
  }, [api, text]);
  return { nothing: now === undefined, outcome: answer?.of === now ? answer?.outcome : undefined };
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
