import { useId, useState } from 'react';
import { useAudiences } from '../people/index.ts';
import { Button } from '../ui/index.ts';
import style from './start-form.module.css';

interface Props {
  busy: boolean;
  dirty: boolean;
  /** @param audience its slug; undefined: everybody */
  onBegin: (audience: string | undefined) => void;
}

export function StartForm({ busy, dirty, onBegin }: Props) {
  const id = useId();
  const audiences = useAudiences();
  const [audience, setAudience] = useState('');
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault();
        onBegin(audience === '' ? undefined : audience);
      }}
    >
      <label htmlFor={id}>For whom</label>
      <select id={id} value={audience} onChange={(event) => setAudience(event.target.value)}>
        <option value="">Everybody</option>
        {audiences.map(({ slug, name = slug }) => (
          <option key={slug} value={slug}>
            {name}
          </option>
        ))}
      </select>
      <Button kind="main" type="submit" busy={busy}>
        Start the preflight
      </Button>
      {dirty && <p>It is of the draft as it was saved last: save to include your changes.</p>}
    </form>
  );
}
