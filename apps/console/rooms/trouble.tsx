import type { ApiProblem } from '../api/index.ts';
import { Button, Notice } from '../ui/index.ts';

interface Props {
  problem: ApiProblem | undefined;
  onAgain: () => void;
}

/** Why what is shown is not there, or not new. A server that cannot be reached is asked again without anybody's doing. */
export function Trouble({ problem, onAgain }: Props) {
  if (!problem) return null;
  const again = problem.code !== 'unreachable' && (
    <Button type="button" onClick={onAgain}>
      Try again
    </Button>
  );
  return (
    <Notice kind="problem" actions={again}>
      {problem.message}
    </Notice>
  );
}
