import { useId } from 'react';
import { useAudiences } from './use-audiences.ts';

interface Props {
  /** Its slug; undefined: everybody. */
  value: string | undefined;
  disabled?: boolean;
  onChange: (audience: string | undefined) => void;
}

/** For whom something is: everybody, or an audience. */
export function AudienceSelect({ value = '', disabled, onChange }: Props) {
  const id = useId();
  const audiences = useAudiences();
  return (
    <>
      <label htmlFor={id}>For whom</label>
      <select
        id={id}
        value={value}
        disabled={disabled}
        onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
      >
        <option value="">Everybody</option>
        {audiences.map(({ slug, name = slug }) => (
          <option key={slug} value={slug}>
            {name}
          </option>
        ))}
      </select>
    </>
  );
}
