import type { ReactNode } from 'react';
import type { Outcome, Preflight, TallyCount } from '../api/index.ts';
import { outcomeText } from '../variants/index.ts';
import { codeText, kilobytes, percent } from './words.ts';
import style from './results.module.css';

/** What was counted. */
export function Results({ preflight }: { preflight: Preflight }) {
  const { counts, withheld, tokens, outcomes, never, blocks, warnings, errors, notSent, sizes } = preflight;
  const { people, composed } = counts;
  const figures: [string, number, number][] = [
    ['would be sent the mail', counts.sendable, people],
    ['would not be sent it', counts.notSent, people],
    ['have no mail', counts.withoutMail, people],
    ['mails with a blank', counts.blanks, composed],
    ['mails with a fallback', counts.fallbacks, composed],
    ['mails over 102 KB', counts.oversize, sizes.measured],
  ];
  return (
    <div className={style.results}>
      <dl className={style.figures}>
        {figures.map(([text, part, all]) => (
          <div key={text}>
            <dt>{text}</dt>
            <dd>
              {part.toLocaleString('en')} <small>{percent(part, all)}</small>
            </dd>
          </div>
        ))}
      </dl>
      {withheld && (
        <p>
          The mails were composed with sensitive traits, which your key may not see: what conditions chose is withheld.
          Start a preflight of your own to see it with masks.
        </p>
      )}
      <Counts title="Blanks and fallbacks" what="Token" rows={tokens.map(outcomeRow)} of={composed} />
      <Counts title="No mail" what="Why" rows={errors.map(codeRow)} of={people} />
      <Counts title="Odd in the mail" what="What" rows={warnings.map(codeRow)} of={composed} />
      <Counts title="Not sent" what="Why" rows={notSent.map(codeRow)} of={people} />
      <Counts
        title="What conditions chose"
        what="Condition"
        rows={[...outcomes, ...never].map(outcomeRow)}
        of={composed}
      />
      <Counts
        title="Variants of blocks"
        what="Variant"
        rows={blocks.flatMap(({ block, variants }) =>
          variants.map(({ variant, people: number }) => [`${block}: ${variant ?? 'its default'}`, number] as const),
        )}
        of={composed}
      />
      {sizes.measured > 0 && (
        <Section title="Size of the HTML">
          <p className={style.sizes}>
            Median {kilobytes(sizes.median)}, 95 % are below {kilobytes(sizes.p95)}, from {kilobytes(sizes.min)} to{' '}
            {kilobytes(sizes.max)}
            {sizes.measured < composed && `; measured for ${sizes.measured.toLocaleString('en')} of them`}
          </p>
        </Section>
      )}
    </div>
  );
}

type Row = readonly [text: string, people: number];

const codeRow = ({ code, people }: TallyCount): Row => [codeText(code), people];
const outcomeRow = (outcome: Outcome): Row => {
  const { part, line } = outcome;
  const place = part === 'source' && line !== null ? `, line ${line}` : part === null ? '' : `, ${part}`;
  return [outcomeText(outcome) + place, outcome.people];
};

function Counts({ title, what, rows, of }: { title: string; what: string; rows: readonly Row[]; of: number }) {
  if (rows.length === 0) return null;
  return (
    <Section title={title}>
      <table className={style.counts}>
        <thead className="unseen">
          <tr>
            <th scope="col">{what}</th>
            <th scope="col">People</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([text, people], at) => (
            <tr key={at}>
              <th scope="row">{text}</th>
              <td>{people.toLocaleString('en')}</td>
              <td>{percent(people, of)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={style.section}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
