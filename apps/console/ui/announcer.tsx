import { createContext, useCallback, useContext, useEffect, useRef, useState, type ReactNode } from 'react';

type Announce = (text: string) => void;

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
  const [said, setSaid] = useState({ text: '', count: 0 });
  const announce = useCallback<Announce>((text) => setSaid(({ count }) => ({ text, count: count + 1 })), []);
  return (
    <AnnouncerContext value={announce}>
      {children}
      <div className="unseen" role="status" aria-live="polite" data-announcer>
        {/* A new element for each, so that the same text twice is said twice. */}
        <span key={said.count}>{said.text}</span>
      </div>
    </AnnouncerContext>
  );
}
