import { Button } from './button.tsx';
import { useFirstNew } from './use-first-new.ts';

interface Props {
  /** Rows that are shown. */
  count: number;
  /** What those have in common, where it is not that they come first. */
  which?: string;
  busy?: boolean;
  className?: string;
  /** Absent: they are all shown. */
  onMore?: () => void;
}

/** Right below a list, "The first 100 are shown." and how to see more; nothing where there is no more. */
export function ShowMore({ count, which, busy = false, className, onMore }: Props) {
  const { below, note } = useFirstNew<HTMLParagraphElement>(count, onMore === undefined);
  if (!onMore) return null;
  const number = count.toLocaleString('en');
  const more = () => {
    note();
    onMore();
  };
  return (
    <p ref={below} className={className}>
      {which === undefined ? `The first ${number} are shown.` : `The ${number} ${which} are shown.`}{' '}
      <Button type="button" busy={busy} onClick={more}>
        Show more
      </Button>
    </p>
  );
}
