import { Button, Notice } from '../ui/index.ts';

interface Props {
  /** What was changed: `sync`. */
  what: string;
  onTheirs: () => void;
  onMine: () => void;
}

/** Somebody else was faster: whose counts is asked. */
export function OvertakenNotice({ what, onTheirs, onMine }: Props) {
  return (
    <Notice
      kind="problem"
      actions={
        <>
          <Button type="button" onClick={onTheirs}>
            Take theirs
          </Button>
          <Button type="button" onClick={onMine}>
            Save mine
          </Button>
        </>
      }
    >
      Somebody else changed this {what} meanwhile. Nothing was saved.
    </Notice>
  );
}
