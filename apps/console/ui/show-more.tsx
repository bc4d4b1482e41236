import { Button } from './button.tsx';

interface Props {
  /** Rows that are shown. */
  count: number;
  /** What those have in common, where it is not that they come first. */
  which?: string;
  busy?: boolean;
  onMore: () => void;
}

/** "The first 100 are shown." and how to see more. */
export function ShowMore({ count, which, busy = false, onMore }: Props) {
  const number = count.toLocaleString('en');
  return (
    <>
      {which === undefined ? `The first ${number} are shown.` : `The ${number} ${which} are shown.`}{' '}
      <Button busy={busy} onClick={onMore}>
        Show more
      </Button>
    </>
  );
}
