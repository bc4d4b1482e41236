import { useEffect } from 'react';

/** Somebody is about to leave. */
export interface Leaving {
  /** Leaves, as it was meant. */
  goOn: () => void;
}

const leaving = 'millrace:leaving';

/** Whether nobody has to be asked first; whoever asks goes on then. */
export const mayLeave = (goOn: () => void): boolean =>
  dispatchEvent(new CustomEvent<Leaving>(leaving, { cancelable: true, detail: { goOn } }));

/** Calls `ask` instead of going to another room of the console, by a link or back. What leaves the console is the browser's to ask about. */
export function useAskBeforeLeaving(asking: boolean, ask: (leaving: Leaving) => void): void {
  useEffect(() => {
    if (!asking) return;
    const onLeaving = (event: Event) => {
      event.preventDefault();
      ask((event as CustomEvent<Leaving>).detail);
    };
    addEventListener(leaving, onLeaving);
    return () => removeEventListener(leaving, onLeaving);
  }, [asking, ask]);
}
