import { useState } from 'react';
import { AudienceSelect } from '../people/index.ts';
import { Button } from '../ui/index.ts';
import style from './start-form.module.css';

interface Props {
  busy: boolean;
  dirty: boolean;
  /** @param audience its slug; undefined: everybody */
  onBegin: (audience: string | undefined) => void;
}

export function StartForm({ busy, dirty, onBegin }: Props) {
  const [audience, setAudience] = useState<string>();
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault();
        onBegin(audience);
      }}
    >
      <AudienceSelect value={audience} onChange={setAudience} />
      <Button kind="main" type="submit" busy={busy}>
        Start the preflight
      </Button>
      {dirty && <p>It is of the draft as it was saved last: save to include your changes.</p>}
    </form>
  );
}
