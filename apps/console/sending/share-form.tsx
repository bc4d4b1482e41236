import { useId, useState } from 'react';
import { asProblem, useApi, type ApiProblem, type Share } from '../api/index.ts';
import type { PreviewRequest } from '../preview/index.ts';
import { Trouble } from '../rooms/index.ts';
import { useSignedIn } from '../session/index.ts';
import { Button, Notice, useAnnounce } from '../ui/index.ts';
import { ShareList } from './share-list.tsx';
import { useShares } from './use-shares.ts';
import style from './sending.module.css';

interface Props {
  template: string;
  request: PreviewRequest;
  person: string;
}

const lifetimes = [1, 7, 30, 90];

/** Makes links that show the mail to people without a key, and takes them back. */
export function ShareForm({ template, request, person }: Props) {
  const api = useApi();
  const id = useId();
  const announce = useAnnounce();
  const { holder } = useSignedIn();
  const shares = useShares(template);
  const [days, setDays] = useState(7);
  const [masked, setMasked] = useState(true);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const seesAll = holder.role === 'operator' || holder.role === 'admin';

  const attempt = async (work: () => Promise<string>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      announce(await work());
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      setBusy(false);
    }
  };
  const make = async () => {
    const body = { ...request, days, masked, ...(request.template === undefined && { draftOf: template }) };
    shares.add(await api.post<Share>('api/shares', { body }));
    return 'The link was made.';
  };
  const revoke = async ({ id: share }: Share) => {
    await api.delete(`api/shares/${share}`);
    shares.noteRevoked(share);
    return 'The link was taken back.';
  };

  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault();
        void attempt(make);
      }}
    >
      <p>
        Whoever has the link sees the mail as <b>{person}</b> would get it now, whatever changes later.
      </p>
      <label htmlFor={id}>The link works for</label>
      <select id={id} value={days} onChange={(event) => setDays(Number(event.target.value))}>
        {lifetimes.map((one) => (
          <option key={one} value={one}>
            {one === 1 ? '1 day' : `${one} days`}
          </option>
        ))}
      </select>
      {seesAll && (
        <label className={style.check}>
          <input type="checkbox" checked={masked} onChange={(event) => setMasked(event.target.checked)} />
          Mask sensitive values
        </label>
      )}
      {!masked && <Notice kind="warning">Whoever gets the link sees sensitive values of {person}.</Notice>}
      <div>
        <Button kind="main" icon="open" type="submit" busy={busy}>
          Make a link
        </Button>
      </div>
      {problem && <Notice kind="problem">{problem.message}</Notice>}
      <Trouble problem={shares.list.problem} onAgain={shares.list.again} />
      <ShareList shares={shares.shares} list={shares.list} onRevoke={(share) => void attempt(() => revoke(share))} />
    </form>
  );
}
