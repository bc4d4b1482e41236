import { Button } from '../../ui/index.ts';
import style from './fields.module.css';

interface Props {
  /** Undefined: the stored one is kept; '': it is taken away. */
  value: unknown;
  onChange: (value: '' | undefined) => void;
  /** What the field is called. */
  what: string;
}

/** Says what becomes of a stored secret, which nobody is shown. */
export function StoredSecret({ value, onChange, what }: Props) {
  if (value === '')
    return (
      <p className={style.stored}>
        Is removed when this is saved.{' '}
        <Button type="button" onClick={() => onChange(undefined)}>
          Keep it
        </Button>
      </p>
    );
  if (value !== undefined) return <p className={style.stored}>Takes the place of the stored one.</p>;
  return (
    <p className={style.stored}>
      Stored, and kept.{' '}
      <Button type="button" aria-label={`Remove ${what}`} onClick={() => onChange('')}>
        Remove
      </Button>
    </p>
  );
}
