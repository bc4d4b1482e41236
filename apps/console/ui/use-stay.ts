import { useEffect, useRef, type RefObject } from 'react';

interface Stay<T> {
  /** Where one stays: something with a `tabIndex`. */
  here: RefObject<T | null>;
  /** Somebody does something by which a button may go. */
  note: () => void;
}

/**
 * The button that was pressed may be gone with what it did: whoever works without a mouse stays near it.
 *
 * @param state another one when buttons come and go
 */
export function useStay<T extends HTMLElement>(state: string): Stay<T> {
  const here = useRef<T>(null);
  const acted = useRef(false);
  useEffect(() => {
    if (acted.current && document.activeElement === document.body) here.current?.focus();
    acted.current = false;
  }, [state]);
  return {
    here,
    note: () => {
      acted.current = true;
    },
  };
}
