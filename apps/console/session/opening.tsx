import { Button, Mark } from '../ui/index.ts';
import style from './sign-in.module.css';

interface Props {
  /** The server did not answer: it is asked again until it does. */
  unreachable: boolean;
  onOtherKey: () => void;
}

/** Between a page that was opened and the answer to whose key this tab has. */
export function Opening({ unreachable, onOtherKey }: Props) {
  return (
    <main className={style.page}>
      <div className={style.form}>
        <Mark size={40} />
        <p role="status">
          {unreachable
            ? 'The server cannot be reached. It is asked again by itself, and you go on here.'
            : 'Signing in …'}
        </p>
        {unreachable && <Button onClick={onOtherKey}>Sign in with another key</Button>}
      </div>
    </main>
  );
}
