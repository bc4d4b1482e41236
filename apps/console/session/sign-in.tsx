import { useId, useRef, useState, type FormEvent } from 'react';
import { Button, Mark, useTitle } from '../ui/index.ts';
import style from './sign-in.module.css';

interface Props {
  notice?: string;
  onSignIn: (key: string) => Promise<string | undefined>;
}

export function SignIn({ notice, onSignIn }: Props) {
  const [problem, setProblem] = useState(notice);
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  useTitle('Sign in');

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const key = input.current?.value.trim() ?? '';
    if (key === '') return setProblem('Enter a key.');
    setBusy(true);
    const found = await onSignIn(key);
    setBusy(false);
    setProblem(found);
  };

  return (
    <main className={style.page}>
      <form className={style.form} onSubmit={(event) => void submit(event)}>
        <Mark size={40} />
        <h1>
          Write the mail.
          <br />
          See whose it becomes.
        </h1>
        <label htmlFor={id}>API key</label>
        <input
          id={id}
          ref={input}
          type="password"
          autoComplete="off"
          spellCheck={false}
          autoFocus
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-note ${id}-problem`}
        />
        <p id={`${id}-problem`} className={style.problem} role="alert">
          {problem}
        </p>
        <Button kind="main" busy={busy}>
          Sign in
        </Button>
        <p id={`${id}-note`} className={style.note}>
          An admin makes keys: the role <b>marketer</b> is enough for mails, <b>operator</b> for syncs. The key stays in
          this tab and is forgotten when you close it.
        </p>
      </form>
    </main>
  );
}
