import { useEffect, useState } from 'react';
import { asProblem, useApi, type RequestReach } from '../api/index.ts';
import { Facts, type Fact } from '../rooms/index.ts';
import { countText } from '../runs/index.ts';
import { identityText, useSources, type SourceOf } from '../sources/index.ts';
import style from './privacy.module.css';

/** So many names are shown: somebody may have hundreds. */
const mostNames = 8;

type Outcome = { found: RequestReach } | { fault: string };

/** Whom a request would concern, and how much, before it is asked for. */
export function Reach({ profile }: { profile: string }) {
  const api = useApi();
  const [outcome, setOutcome] = useState<Outcome>();
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    api.post<RequestReach>('api/privacy/requests/dry-run', { body: { profile }, signal }).then(
      (found) => setOutcome({ found }),
      (thrown: unknown) => signal.aborted || setOutcome({ fault: asProblem(thrown).message }),
    );
    return () => leaving.abort();
  }, [api, profile]);
  return (
    <div role="status" className={style.reach}>
      {outcome === undefined ? (
        <p>Counting what is kept …</p>
      ) : 'fault' in outcome ? (
        <p>What is kept cannot be counted now: {outcome.fault}</p>
      ) : (
        <Found reach={outcome.found} />
      )}
    </div>
  );
}

function Found({ reach: { profiles, identities, counts, destinations, isWhole } }: { reach: RequestReach }) {
  const sourceOf = useSources();
  const kept = Object.entries(counts).map(([section, count]): Fact => [section, countText(count)]);
  const there = destinations.map(({ syncName, object, rows }): Fact => [`${syncName} · ${object}`, countText(rows)]);
  const merged = profiles.length - 1;
  return (
    <>
      <p>
        Known as {namesText(identities, sourceOf)}
        {merged > 0 && `, with ${countText(merged)} ${merged === 1 ? 'profile' : 'profiles'} merged into it`}.
      </p>
      <Facts facts={kept} />
      {there.length > 0 && (
        <>
          <p>In other systems, as far as is known:</p>
          <Facts facts={there} />
        </>
      )}
      {!isWhole && <p>There may be more: not everything could be counted.</p>}
    </>
  );
}

function namesText(identities: readonly string[], sourceOf: SourceOf): string {
  const more = identities.length - mostNames;
  const shown = identities
    .slice(0, mostNames)
    .map((key) => identityText(key, sourceOf))
    .join(', ');
  return more > 0 ? `${shown} and by ${countText(more)} more` : shown;
}
