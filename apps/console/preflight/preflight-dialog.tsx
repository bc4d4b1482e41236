import type { PreflightLimits } from '../api/index.ts';
import { Trouble } from '../rooms/index.ts';
import { Dialog, Notice } from '../ui/index.ts';
import { Examples } from './examples.tsx';
import { LimitsForm } from './limits-form.tsx';
import { PreflightList } from './preflight-list.tsx';
import { Progress } from './progress.tsx';
import { Results } from './results.tsx';
import { StartForm } from './start-form.tsx';
import { usePreflight } from './use-preflight.ts';
import style from './preflight-dialog.module.css';

interface Props {
  template: string;
  /** The draft has changes that are not saved: preflights are of what is saved. */
  dirty: boolean;
  onClose: () => void;
  /** Shows the mail of one person. */
  onLook: (profile: string) => void;
  /** The limits of the template are others now. */
  onLimits: (limits: PreflightLimits) => void;
}

/** What the mail would be for a whole audience, before anybody gets it. */
export function PreflightDialog({ template, dirty, onClose, onLook, onLimits }: Props) {
  const { list, shown, problem, stuck, busy, begin, cancel, show, again } = usePreflight(template);
  return (
    <Dialog title="Preflight" size="wide" onClose={onClose}>
      <div className={style.columns}>
        <div className={style.side}>
          <StartForm busy={busy} dirty={dirty} onBegin={(audience) => begin({ template, audience })} />
          <PreflightList list={list} shown={shown?.id} onShow={show} />
          <LimitsForm template={template} onSaved={onLimits} />
        </div>
        <section className={style.main} aria-label="Result">
          {problem && <Notice kind="problem">{problem.message}</Notice>}
          <Trouble problem={stuck} onAgain={again} />
          {!shown && !problem && !stuck && (
            <p className={style.about}>
              A preflight composes the mail for everybody in an audience without sending it, and counts what is missing,
              what fails, what is too large, and who would not be sent it.
            </p>
          )}
          {shown && (
            <>
              <Progress preflight={shown} onCancel={cancel} />
              <Results preflight={shown} />
              <Examples key={shown.id} preflight={shown} onLook={onLook} />
            </>
          )}
        </section>
      </div>
    </Dialog>
  );
}
