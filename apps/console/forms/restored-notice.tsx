import { Button, Notice } from '../ui/index.ts';

interface Props {
  /** Secrets belong to it, which no tab keeps. */
  secrets?: boolean;
  onDiscard: () => void;
}

/** Says where what is filled in comes from: a form of this tab from before. */
export function RestoredNotice({ secrets = false, onDiscard }: Props) {
  return (
    <Notice
      kind="info"
      actions={
        <Button type="button" onClick={onDiscard}>
          Discard it
        </Button>
      }
    >
      This is what you had filled in and not saved.{secrets && ' Secrets were not kept: enter them again.'}
    </Notice>
  );
}
