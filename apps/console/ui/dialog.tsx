import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { Button } from './button.tsx';
import style from './dialog.module.css';

interface Props {
  title: string;
  /** `wide` takes most of the window. */
  size?: 'usual' | 'wide';
  /** Where one begins (default: at the first button). `autoFocus` comes too early for a dialog. */
  first?: RefObject<HTMLElement | null>;
  onClose: () => void;
  children: ReactNode;
  /** The buttons below. */
  actions?: ReactNode;
}

/** A modal dialog: the browser keeps the focus inside, closes it with Escape and gives the focus back. */
export function Dialog({ title, size = 'usual', first, onClose, children, actions }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    first?.current?.focus();
    return () => {
      element?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, [first]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault(); // left to itself, a browser may close the dialog below with it, and a second time without asking
    onClose();
  };
  return (
    <dialog
      ref={dialog}
      className={`${style.dialog} ${style[size]}`}
      aria-labelledby={id}
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className={style.head}>
        <h2 id={id}>{title}</h2>
        <Button kind="quiet" icon="close" aria-label="Close" onClick={onClose} />
      </header>
      <div className={style.body}>{children}</div>
      {actions && <footer className={style.actions}>{actions}</footer>}
    </dialog>
  );
}
