import { useEffect, useId, useRef, useState } from 'react';
import { asProblem, useApi, type ApiProblem, type Preview, type TestRecipients, type TestSend } from '../api/index.ts';
import { useIdempotencyKey } from '../forms/index.ts';
import type { PreviewRequest } from '../preview/index.ts';
import { Button, Notice } from '../ui/index.ts';
import style from './sending.module.css';

interface Props {
  request: PreviewRequest;
  mail: Preview | undefined;
  person: string;
}

/** Sends the mail of the preview, at the preview's moment: so it is the same one. */
export function TestSendForm({ request, mail, person }: Props) {
  const api = useApi();
  const keyOf = useIdempotencyKey();
  const sent = useRef(0);
  const id = useId();
  const { recipients, problem: unknown } = useRecipients();
  const [address, setAddress] = useState<string>();
  const [sending, setSending] = useState(false);
  const [done, setDone] = useState<{ sent?: TestSend; previewed?: string; problem?: ApiProblem }>({});
  const to = address ?? recipients?.addresses[0] ?? '';

  const send = async () => {
    setSending(true);
    setDone({});
    try {
      const body = { ...request, asOf: request.asOf ?? mail?.versions.clock, to };
      const headers = { 'idempotency-key': keyOf({ ...body, sent: sent.current }) };
      const told = await api.post<TestSend>('api/test-sends', { body, headers });
      sent.current += 1; // asked for again, it is meant to be sent again
      setDone({ sent: told, previewed: mail?.hash });
    } catch (thrown) {
      setDone({ problem: asProblem(thrown) });
    } finally {
      setSending(false);
    }
  };

  if (unknown) return <Notice kind="problem">{unknown.message}</Notice>;
  if (recipients?.addresses.length === 0 && recipients.domains.length === 0) {
    return (
      <Notice kind="info">
        Test mails may go to nobody yet: whoever runs Millrace lists addresses and domains in the setting
        MILLRACE_TEST_RECIPIENTS.
      </Notice>
    );
  }
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <p>
        The mail as <b>{person}</b> would get it. Its links to unsubscribe do nothing.
      </p>
      <label htmlFor={id}>To</label>
      <input
        id={id}
        type="email"
        required
        list={`${id}-known`}
        value={to}
        autoComplete="off"
        aria-describedby={`${id}-allowed`}
        onChange={(event) => setAddress(event.target.value)}
      />
      <datalist id={`${id}-known`}>
        {recipients?.addresses.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <p id={`${id}-allowed`} className={style.hint}>
        {allowed(recipients)}
      </p>
      <div>
        <Button kind="main" icon="send" type="submit" busy={sending}>
          Send the test mail
        </Button>
      </div>
      {done.problem && <Notice kind="problem">{done.problem.message}</Notice>}
      {done.sent && <Notice kind="info">{told(done.sent, done.previewed)}</Notice>}
    </form>
  );
}

function allowed(recipients: TestRecipients | undefined): string {
  if (!recipients) return 'Reading whom it may go to …';
  const domains = recipients.domains.map((domain) => `@${domain}`);
  return `Allowed: ${[...recipients.addresses, ...domains].join(', ')}.`;
}

function told({ to, hash, masked, answer }: TestSend, previewed: string | undefined): string {
  const same =
    previewed === hash
      ? `It is the mail of the preview, to the last letter (hash ${hash.slice(0, 12)}).`
      : `It is not the mail that was shown: something changed meanwhile (hash ${hash.slice(0, 12)}).`;
  return `Sent to ${to}. ${same}${masked ? ' Sensitive values are masked.' : ''} ${answer ?? ''}`;
}

function useRecipients(): { recipients?: TestRecipients; problem?: ApiProblem } {
  const api = useApi();
  const [read, setRead] = useState<{ recipients?: TestRecipients; problem?: ApiProblem }>({});
  useEffect(() => {
    const leaving = new AbortController();
    api.get<TestRecipients>('api/test-sends/recipients', { signal: leaving.signal }).then(
      (recipients) => setRead({ recipients }),
      (thrown: unknown) => leaving.signal.aborted || setRead({ problem: asProblem(thrown) }),
    );
    return () => leaving.abort();
  }, [api]);
  return read;
}
