import { useState } from 'react';
import type { ApiProblem } from '../api/index.ts';
import { draftOf, isSameDraft, type EditedDraft } from '../drafts/index.ts';
import { Button, Dialog, Notice } from '../ui/index.ts';
import { Comparison } from '../versions/index.ts';

interface Props {
  edited: EditedDraft;
  /** What stood in the way of publishing. */
  problem: ApiProblem | undefined;
  readOnly: boolean;
}

/** Says what is the matter with the draft as a whole, and what one can do about it. */
export function DraftNotices({ edited, problem, readOnly }: Props) {
  const { conflict, restored, dirty, unkept, discard, save, draft, saved, problem: saveProblem } = edited;
  const [comparing, setComparing] = useState(false);
  if (readOnly) {
    return <Notice kind="info">This key may look at templates. Previews and changes need the role marketer.</Notice>;
  }
  const failed = saveProblem ?? problem;
  if (conflict) {
    return (
      <>
        {failed && failed.code !== 'conflict' && <Notice kind="problem">{messageOf(failed)}</Notice>}
        <Notice
          kind="warning"
          actions={
            <>
              <Button onClick={() => setComparing(true)}>Compare</Button>
              <Button onClick={() => discard(conflict)}>Take theirs</Button>
              <Button onClick={() => void save(conflict)}>Save mine over it</Button>
            </>
          }
        >
          Somebody saved revision {conflict.revision} of this template since you opened it.{' '}
          {isSameDraft(draft, draftOf(saved)) ? 'You see the one before.' : 'Yours is still here, and not saved.'}
        </Notice>
        {comparing && (
          <Dialog title="From theirs to yours" size="wide" onClose={() => setComparing(false)}>
            <Comparison before={draftOf(conflict)} after={draft} />
          </Dialog>
        )}
      </>
    );
  }
  return (
    <>
      {failed && <Notice kind="problem">{messageOf(failed)}</Notice>}
      {unkept && dirty && (
        <Notice kind="warning">
          This browser has no room to keep your changes: save them before you leave this page.
        </Notice>
      )}
      {restored && dirty && (
        <Notice kind="info" actions={<Button onClick={() => discard()}>Drop them</Button>}>
          Your changes from before are back. They are not saved yet.
        </Notice>
      )}
    </>
  );
}

/** That it is gone is told to people who know no routes, and have their draft still. */
function messageOf({ code, message }: ApiProblem): string {
  if (code !== 'template_not_found') return message;
  return 'Somebody removed this template. What you wrote is still here: copy it into a new one to keep it.';
}
