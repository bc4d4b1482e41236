import { useRef, useState, type ReactNode } from 'react';
import { useAnnounce } from './announcer.tsx';
import { Button } from './button.tsx';
import { copyText } from './copy-text.ts';
import style from './copy-field.module.css';

interface Props {
  /** What it is: `Link`. */
  label: string;
  value: string;
  /** One begins here: what led to it is gone. */
  first?: boolean;
  onCopied?: () => void;
  /** What else may be done with it. */
  children?: ReactNode;
}

/** A text to be copied: selected in any case, for whom the browser allows no clipboard. */
export function CopyField({ label, value, first = false, onCopied, children }: Props) {
  const announce = useAnnounce();
  const field = useRef<HTMLInputElement>(null);
  const [told, setTold] = useState('Copy');
  const copy = async () => {
    field.current?.select();
    const done = await copyText(value);
    setTold(done ? 'Copied' : 'Copy');
    announce(done ? 'Copied.' : `The ${label.toLowerCase()} is selected: copy it with Ctrl-C or ⌘C.`);
    if (done) onCopied?.();
  };
  return (
    <div className={style.field}>
      <input
        ref={field}
        readOnly
        autoFocus={first}
        value={value}
        aria-label={label}
        onFocus={({ target }) => target.select()}
        onCopy={onCopied}
      />
      <Button type="button" icon={told === 'Copied' ? 'check' : 'copy'} onClick={() => void copy()}>
        {told}
      </Button>
      {children}
    </div>
  );
}
