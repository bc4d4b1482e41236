import { useState } from 'react';
import type { NewApiKey } from '../api/index.ts';
import { useGuardWhile } from '../drafts/index.ts';
import { form } from '../forms/index.ts';
import { useAskBeforeLeaving, type Leaving } from '../routing/index.ts';
import { Button, CopyField, Dialog, Notice } from '../ui/index.ts';

/** A key, this once: the server keeps a hash of it only. */
export function MadeKey({ made: { key }, onDone }: { made: NewApiKey; onDone: () => void }) {
  const [copied, setCopied] = useState(false);
  const [leaving, setLeaving] = useState<Leaving>();
  useGuardWhile(!copied);
  useAskBeforeLeaving(!copied, setLeaving);
  return (
    <div className={form.form}>
      <Notice kind="warning">
        This is the key, and it is shown this once. Copy it to where it is needed: nobody can look it up later.
      </Notice>
      <CopyField label="API key" value={key} first onCopied={() => setCopied(true)} />
      <div className={form.buttons}>
        <Button kind={copied ? 'main' : 'plain'} onClick={onDone}>
          {copied ? 'Done' : 'I have it: go on'}
        </Button>
      </div>
      {leaving && (
        <Dialog
          title="Leave without the key?"
          onClose={() => setLeaving(undefined)}
          actions={
            <>
              <Button onClick={() => setLeaving(undefined)}>Stay</Button>
              <Button kind="main" onClick={leaving.goOn}>
                Leave without it
              </Button>
            </>
          }
        >
          <p>It was not copied here, and nobody can look it up later: a key that is lost can only be revoked.</p>
        </Dialog>
      )}
    </div>
  );
}
