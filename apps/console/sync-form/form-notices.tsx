import type { Sync } from '../api/index.ts';
import { Both, OvertakenNotice, RestoredNotice } from '../forms/index.ts';
import { Button, Notice } from '../ui/index.ts';
import { faultsAt } from './faults.ts';
import { bothOf } from './sync-both.ts';
import type { SyncForm } from './use-sync-form.ts';

interface Props {
  filled: SyncForm;
  /** Saves over what somebody else saved. */
  onOver: (theirs: Sync) => void;
  onGo: (sync: Sync) => void;
}

/** What there is to say about the form as a whole. */
export function FormNotices({ filled, onOver, onGo }: Props) {
  const { draft, restored, dirty, discard, theirs, notStarted, saved, faults } = filled;
  return (
    <>
      {restored && dirty && <RestoredNotice onDiscard={() => discard()} />}
      {theirs && (
        <>
          <OvertakenNotice what="sync" onTheirs={() => discard(theirs)} onMine={() => onOver(theirs)} />
          <Both rows={bothOf(theirs, draft)} same="Both say the same." />
        </>
      )}
      {notStarted && saved && (
        <Notice
          kind="problem"
          actions={
            <Button type="button" onClick={() => onGo(saved)}>
              Go to the sync
            </Button>
          }
        >
          It is saved, but was not started: {notStarted.message}
        </Notice>
      )}
      {faultsAt(faults, undefined).map((message) => (
        <Notice key={message} kind="problem">
          {message}
        </Notice>
      ))}
    </>
  );
}
