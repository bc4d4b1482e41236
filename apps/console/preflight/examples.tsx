import { useEffect, useState } from 'react';
import { asProblem, useApi, type List, type Preflight, type PreflightExample } from '../api/index.ts';
import { Button, Notice, Tabs } from '../ui/index.ts';
import { outcomeText } from '../variants/index.ts';
import { codeText, isOpen, kilobytes } from './words.ts';
import style from './examples.module.css';

type Kind = 'blank' | 'error' | 'warning' | 'oversize' | 'fallback' | 'not_sent';

const kinds: { kind: Kind; title: string; of: (preflight: Preflight) => number }[] = [
  { kind: 'error', title: 'No mail', of: ({ counts }) => counts.withoutMail },
  { kind: 'blank', title: 'Blanks', of: ({ counts }) => counts.blanks },
  { kind: 'warning', title: 'Odd', of: ({ warnings }) => warnings.length },
  { kind: 'oversize', title: 'Too large', of: ({ counts }) => counts.oversize },
  { kind: 'fallback', title: 'Fallbacks', of: ({ counts }) => counts.fallbacks },
  { kind: 'not_sent', title: 'Not sent', of: ({ counts }) => counts.notSent },
];

interface Props {
  preflight: Preflight;
  onLook: (profile: string) => void;
}

/** The worst people of each kind; a click shows their mail. */
export function Examples({ preflight, onLook }: Props) {
  const there = kinds.filter(({ of }) => of(preflight) > 0);
  const [wanted, setWanted] = useState<Kind>();
  const chosen = there.find(({ kind }) => kind === wanted)?.kind ?? there[0]?.kind;
  const { examples, problem } = useExamples(preflight, chosen);
  if (chosen === undefined) return null;
  return (
    <section className={style.examples} aria-label="Examples">
      <h3>Whom it concerns most</h3>
      {problem !== undefined && <Notice kind="problem">{problem}</Notice>}
      <Tabs
        label="Kinds of examples"
        chosen={chosen}
        onChoose={setWanted}
        tabs={there.map(({ kind, title }) => ({
          name: kind,
          title,
          content: <People examples={kind === chosen ? examples : []} onLook={onLook} />,
        }))}
      />
    </section>
  );
}

function People({ examples, onLook }: { examples: readonly PreflightExample[]; onLook: Props['onLook'] }) {
  return (
    <ul className={style.people}>
      {examples.map((example) => (
        <li key={example.profile}>
          <b>{example.person ?? 'Not there any more'}</b>
          <span>{whatText(example)}</span>
          <Button kind="quiet" disabled={example.person === null} onClick={() => onLook(example.profile)}>
            Look<span className="unseen"> at the mail for {example.person}</span>
          </Button>
        </li>
      ))}
    </ul>
  );
}

function whatText({ tokens, codes, message, bytes }: PreflightExample): string {
  const said = [...new Set(tokens.map(outcomeText)), ...(message === undefined ? codes.map(codeText) : [message])];
  return [...said, ...(bytes === undefined ? [] : [kilobytes(bytes)])].join(', ');
}

/** Read again when the preflight has ended: there may be worse ones by then. */
function useExamples(preflight: Preflight, kind: Kind | undefined): { examples: PreflightExample[]; problem?: string } {
  const api = useApi();
  const [found, setFound] = useState<{ of?: string; examples: PreflightExample[]; problem?: string }>({ examples: [] });
  const { id } = preflight;
  const open = isOpen(preflight);
  const of = `${id} ${kind} ${open}`;
  useEffect(() => {
    if (kind === undefined) return;
    const leaving = new AbortController();
    api
      .get<List<PreflightExample>>(`api/preflights/${id}/examples`, { query: { kind }, signal: leaving.signal })
      .then(({ data }) => setFound({ of, examples: data }))
      .catch(
        (thrown: unknown) =>
          leaving.signal.aborted || setFound({ of, examples: [], problem: asProblem(thrown).message }),
      );
    return () => leaving.abort();
  }, [api, id, kind, of]);
  return found.of === of ? found : { examples: [] };
}
