import { createContext, useCallback, useContext, useEffect, useRef, useState, type ReactNode } from 'react';

type Announce = (text: string) => void;

/** What was said stays for a while: a screen reader reads what is added, and would miss what takes another's place at once. */
const kept = 5;

const AnnouncerContext = createContext<Announce>(() => undefined);

/** Tells screen readers what changed elsewhere on the page. */
export const useAnnounce = (): Announce => useContext(AnnouncerContext);

/** Tells screen readers how something is whenever it is otherwise than before. */
export function useAnnounced(text: string | undefined): void {
  const announce = useAnnounce();
  const known = useRef<string>(undefined);
  useEffect(() => {
    if (text === undefined) return;
    if (known.current !== undefined && known.current !== text) announce(text);
    known.current = text;
  }, [announce, text]);
}

export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState<readonly { id: number; text: string }[]>([]);
  const announce = useCallback<Announce>(
    (text) => setSaid((before) => [...before, { id: (before.at(-1)?.id ?? 0) + 1, text }].slice(-kept)),
    [],
  );
  return (
    <AnnouncerContext value={announce}>
      {children}
      <div className="unseen" role="log" aria-live="polite" data-announcer>
        {said.map(({ id, text }) => (
          <p key={id}>{text}</p>
        ))}
      </div>
    </AnnouncerContext>
  );
}
