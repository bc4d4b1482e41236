import { Button, MomentInput } from '../ui/index.ts';
import style from './as-of.module.css';

interface Props {
  /** ISO text; absent: now. */
  asOf: string | undefined;
  onChange: (asOf: string | undefined) => void;
}

/** The moment at which somebody is looked at. */
export function AsOf({ asOf, onChange }: Props) {
  return (
    <p className={style.asOf}>
      <label>
        As of <MomentInput value={asOf ?? ''} onChange={(moment) => onChange(moment || undefined)} />
      </label>{' '}
      {asOf === undefined ? (
        <span>· now</span>
      ) : (
        <Button kind="quiet" onClick={() => onChange(undefined)}>
          Now
        </Button>
      )}
    </p>
  );
}
