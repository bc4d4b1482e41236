import { useState } from 'react';
import { createPortal } from 'react-dom';
import { Button, Dialog } from '../ui/index.ts';

interface Props {
  /** Something is filled in that is not saved. */
  dirty: boolean;
  /** Drops what is kept of it for a reload. */
  forget: () => void;
  onLeave: () => void;
}

/** Leads out of a form; asks first where something would be lost. */
export function CancelButton({ dirty, forget, onLeave }: Props) {
  const [asking, setAsking] = useState(false);
  const leave = () => {
    forget();
    onLeave();
  };
  const question = (
    <Dialog
      title="Leave without saving?"
      onClose={() => setAsking(false)}
      actions={
        <>
          <Button onClick={() => setAsking(false)}>Stay</Button>
          <Button kind="main" onClick={leave}>
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
      <Button type="button" kind="quiet" onClick={() => (dirty ? setAsking(true) : leave())}>
        Cancel
      </Button>
      {asking && createPortal(question, document.body) /* a button inside of a form would save it */}
    </>
  );
}
