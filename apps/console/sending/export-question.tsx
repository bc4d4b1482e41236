import { createPortal } from 'react-dom';
import type { Leaving } from '../routing/index.ts';
import { Button, Dialog } from '../ui/index.ts';

interface Props {
  leaving: Leaving;
  onStay: () => void;
}

/** Asks before an export goes that nobody has saved as a file. */
export function ExportQuestion({ leaving: { goOn }, onStay }: Props) {
  const question = (
    <Dialog
      title="Leave without the file?"
      onClose={onStay}
      actions={
        <>
          <Button onClick={onStay}>Stay</Button>
          <Button
            kind="main"
            onClick={() => {
              onStay();
              goOn();
            }}
          >
            Leave without it
          </Button>
        </>
      }
    >
      <p>The exported mails are in this page only: what is not saved as a file is lost then.</p>
    </Dialog>
  );
  return createPortal(question, document.body); // it is asked from other tabs of the dialog, too
}
