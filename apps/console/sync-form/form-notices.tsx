import type { Sync } from '../api/index.ts';
import { Button, Notice } from '../ui/index.ts';
import { faultsAt } from './faults.ts';
import type { SyncForm } from './use-sync-form.ts';

interface Props {
  filled: SyncForm;
  /** Saves over what somebody else saved. */
  onOver: (theirs: Sync) => void;
  onGo: (sync: Sync) => void;
}

/** What there is to say about the form as a whole. */
export function FormNotices({ filled, onOver, onGo }: Props) {
  const { restored, dirty, discard, theirs, notStarted, saved, faults } = filled;
  return (
    <>
      {restored && dirty && (
        <Notice
          kind="info"
          actions={
            <Button type="button" onClick={() => discard()}>
              Discard it
            </Button>
          }
        >
          This is what you had filled in and not saved.
        </Notice>
      )}
      {theirs && (
        <Notice
          kind="problem"
          actions={
            <>
              <Button type="button" onClick={() => discard(theirs)}>
                Take theirs
              </Button>
              <Button type="button" onClick={() => onOver(theirs)}>
                Save mine
              </Button>
            </>
          }
        >
          Somebody else changed this sync meanwhile. Nothing was saved.
        </Notice>
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
