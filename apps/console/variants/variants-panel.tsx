import type { Outcome, Variant, VariantGrid } from '../api/index.ts';
import { Button, Notice } from '../ui/index.ts';
import { isOdd, outcomeText } from './outcome-text.ts';
import type { VariantsState } from './use-variants.ts';
import style from './variants-panel.module.css';

interface Props {
  variants: VariantsState;
  /** Shows the mail of one of them. */
  onLook: (variant: Variant) => void;
}

/** A few real people who together show everything that the mail may say. */
export function VariantsPanel({ variants: { found, problem, searching, outdated, search }, onLook }: Props) {
  const failure = problem?.message ?? found?.error?.message;
  return (
    <div className={style.panel} tabIndex={0} role="region" aria-label="Variants">
      <div className={style.head}>
        <p role="status">{statusText(found?.grid, found?.looked, searching, outdated)}</p>
        <Button kind={found ? 'plain' : 'main'} busy={searching} onClick={search}>
          {found ? 'Look again' : 'Find the variants'}
        </Button>
      </div>
      {failure !== undefined && <Notice kind="problem">{failure}</Notice>}
      {found?.grid && <Grid grid={found.grid} onLook={onLook} />}
    </div>
  );
}

function Grid({ grid: { outcomes, never, variants }, onLook }: { grid: VariantGrid; onLook: Props['onLook'] }) {
  return (
    <>
      <ol className={style.variants}>
        {variants.map((variant) => (
          <li key={variant.profile}>
            <div className={style.who}>
              <b>{variant.person ?? 'Somebody'}</b>
              <span>
                stands for {variant.standsFor} {variant.standsFor === 1 ? 'person' : 'people'}
              </span>
              <Button kind="quiet" disabled={variant.person === null} onClick={() => onLook(variant)}>
                Look<span className="unseen"> at the mail for {variant.person}</span>
              </Button>
            </div>
            <Outcomes outcomes={variant.outcomes.flatMap((at) => outcomes[at] ?? [])} />
          </li>
        ))}
      </ol>
      {never.length > 0 && (
        <section className={style.never}>
          <h3>What nobody sees</h3>
          <Outcomes outcomes={never} />
        </section>
      )}
    </>
  );
}

function Outcomes({ outcomes }: { outcomes: readonly Outcome[] }) {
  if (outcomes.length === 0) return <p className={style.plain}>No condition, nothing missing</p>;
  const different = new Map(outcomes.map((outcome) => [outcomeText(outcome), outcome]));
  return (
    <ul className={style.outcomes}>
      {[...different].map(([text, outcome]) => (
        <li key={text} className={isOdd(outcome) ? style.odd : ''}>
          {text}
        </li>
      ))}
    </ul>
  );
}

function statusText(
  grid: VariantGrid | null | undefined,
  looked: number | undefined,
  searching: boolean,
  outdated: boolean,
): string {
  if (searching) return `Looking at everybody’s mail: ${looked ?? 0} so far …`;
  if (!grid) return 'See every outcome of this mail with a handful of real people.';
  const of = outdated ? ' You have changed the mail since.' : '';
  return `${grid.distinct} different mails for ${looked} people; these ${grid.variants.length} show every outcome.${of}`;
}
