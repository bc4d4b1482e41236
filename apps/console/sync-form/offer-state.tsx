import { form } from '../forms/index.ts';
import { Button, Notice } from '../ui/index.ts';
import type { Offered } from './use-offered.ts';

interface Props {
  offered: Offered<unknown>;
  /** The connection that is asked. */
  name: string;
  /** What is said where it offers nothing. */
  nothing: string;
}

/** The other system is being asked, or could not answer. */
export function OfferState({ offered: { found, problem, asking, again }, name, nothing }: Props) {
  if (problem)
    return (
      <Notice
        kind="problem"
        actions={
          <Button type="button" onClick={again}>
            Ask again
          </Button>
        }
      >
        {problem.message}
      </Notice>
    );
  if (asking)
    return (
      <p role="status" className={form.hint}>
        Asking {name} what it offers …
      </p>
    );
  return found?.length === 0 ? <p className={form.hint}>{nothing}</p> : null;
}
