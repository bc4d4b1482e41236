import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useAct } from '../api/index.ts';
import { Button, Dialog, Notice, useAnnounce } from '../ui/index.ts';
import type { Deed } from './deed.ts';
import style from './deeds.module.css';

interface Props<Result> {
  deeds: readonly Deed<Result>[];
  /** What the group is called (default: Actions). */
  label?: string;
  /** After each one that was not refused. */
  onDone: (result: Result) => void;
  /** Ways to where else something may be done. */
  children?: ReactNode;
}

/** What an operator may do, and why the API refused. */
export function Deeds<Result>({ deeds, label = 'Actions', onDone, children }: Props<Result>) {
  const announce = useAnnounce();
  const { doing, problem, act } = useAct();
  const [asking, setAsking] = useState<Deed<Result>>();
  const [last, setLast] = useState<Deed<Result>>();
  const group = useRef<HTMLDivElement>(null);
  const acted = useRef(false);
  const names = deeds.map(({ name }) => name).join();
  useEffect(() => {
    // The button that was pressed may be gone with what it did: whoever works without a mouse stays here.
    if (acted.current && document.activeElement === document.body) group.current?.focus();
    acted.current = false;
  }, [names]);
  const perform = async (deed: Deed<Result>) => {
    setAsking(undefined);
    setLast(deed);
    acted.current = true;
    const done = await act(deed.name, async (api) => ({ result: await deed.do(api) }));
    if (!done) return;
    announce(deed.said);
    onDone(done.result);
  };
  const despite = problem && last?.despite?.(problem);
  return (
    <>
      <div ref={group} className={style.deeds} role="group" aria-label={label} tabIndex={-1}>
        {deeds.map((deed) => (
          <Button
            key={deed.name}
            kind={deed.main ? 'main' : 'plain'}
            icon={deed.icon}
            busy={doing !== undefined}
            onClick={() => (deed.asks ? setAsking(deed) : void perform(deed))}
          >
            {deed.title}
          </Button>
        ))}
        {children}
      </div>
      {problem && (
        <Notice
          kind="problem"
          actions={despite && <Button onClick={() => void perform(despite)}>{despite.title}</Button>}
        >
          {problem.message}
        </Notice>
      )}
      {asking?.asks && (
        <Dialog
          title={asking.asks.title}
          onClose={() => setAsking(undefined)}
          actions={
            <>
              <Button onClick={() => setAsking(undefined)}>Leave it</Button>
              <Button kind="main" onClick={() => void perform(asking)}>
                {asking.asks.yes}
              </Button>
            </>
          }
        >
          <p>{asking.asks.text}</p>
        </Dialog>
      )}
    </>
  );
}
