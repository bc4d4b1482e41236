import { Button } from '../ui/index.ts';
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
        As of{' '}
        <input
          type="datetime-local"
          value={asOf === undefined ? '' : localText(new Date(asOf))}
          onChange={({ target: { value } }) => onChange(value === '' ? undefined : new Date(value).toISOString())}
        />
      </label>{' '}
      {asOf === undefined ? (
        <span>now</span>
      ) : (
        <Button kind="quiet" onClick={() => onChange(undefined)}>
          Now
        </Button>
      )}
    </p>
  );
}

/** As `<input type=datetime-local>` has it: in the browser's time zone. */
function localText(moment: Date): string {
  const shifted = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
