import { useState } from 'react';
import { createPortal } from 'react-dom';
import { Button, Dialog } from '../ui/index.ts';

interface Props {
  /** Something is filled in that is not saved. */
  dirty: boolean;
  onLeave: () => void;
}

/** Leads out of a form; asks first where something would be lost. */
export function CancelButton({ dirty, onLeave }: Props) {
  const [asking, setAsking] = useState(false);
  const question = (
    <Dialog
      title="Leave without saving?"
      onClose={() => setAsking(false)}
      actions={
        <>
          <Button onClick={() => setAsking(false)}>Stay</Button>
          <Button kind="main" onClick={onLeave}>
            Leave without saving
          </Button>
        </>
      }
    >
      <p>What you have filled in is lost then.</p>
    </Dialog>
  );
  return (
    <>
      <Button type="button" kind="quiet" onClick={() => (dirty ? setAsking(true) : onLeave())}>
        Cancel
      </Button>
      {asking && createPortal(question, document.body) /* a button inside of a form would save it */}
    </>
  );
}
