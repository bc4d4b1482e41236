import { useState } from 'react';
import { useAct, type Connection } from '../api/index.ts';
import { useGuardWhile } from '../drafts/index.ts';
import { form } from '../forms/index.ts';
import { useAskBeforeLeaving, type Leaving } from '../routing/index.ts';
import { Button, Dialog, Notice } from '../ui/index.ts';

interface Props {
  /** As it was saved. */
  connection: Connection;
  onAnswered: () => void;
}

/** Asks whether another address is another place: only whoever changed it knows. */
export function MovedQuestion({ connection: { id }, onAnswered }: Props) {
  const { doing, problem, act } = useAct();
  const [leaving, setLeaving] = useState<Leaving>();
  useGuardWhile(true);
  useAskBeforeLeaving(true, setLeaving);
  const answer = async (moved: boolean) => {
    const done = await act('answer', (api) => api.patch(`api/connections/${id}`, { body: { moved } }));
    if (done) onAnswered();
  };
  return (
    <div className={form.form}>
      <h2>Does it lead to another place now?</h2>
      <p>
        It is saved. If the same data is there, under another address, its syncs go on where they were. If it is another
        place (another database, another shop), they start over.
      </p>
      {problem && <Notice kind="problem">{problem.message}</Notice>}
      <div className={form.buttons}>
        <Button kind="main" busy={doing !== undefined} onClick={() => void answer(false)}>
          The same place
        </Button>
        <Button busy={doing !== undefined} onClick={() => void answer(true)}>
          Another place: start over
        </Button>
      </div>
      {leaving && (
        <Dialog
          title="Leave without an answer?"
          onClose={() => setLeaving(undefined)}
          actions={
            <>
              <Button onClick={() => setLeaving(undefined)}>Stay</Button>
              <Button kind="main" onClick={leaving.goOn}>
                Leave it open
              </Button>
            </>
          }
        >
          <p>
            Its syncs go on as at the same place then. If it is another one, say so in the connection’s room: they start
            over.
          </p>
        </Dialog>
      )}
    </div>
  );
}
