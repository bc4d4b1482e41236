import { useId, useRef, useState } from 'react';
import { Button, copyText, useAnnounce } from '../ui/index.ts';
import style from './sending.module.css';

/** A part of a mail in the platform's words, to be copied. */
export function TranslatedPart({ title, platform, text }: { title: string; platform: string; text: string }) {
  const id = useId();
  const announce = useAnnounce();
  const shown = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState<string>();
  const copy = async () => {
    const done = await copyText(text);
    if (!done && shown.current) getSelection()?.selectAllChildren(shown.current);
    const told = done ? 'Copied' : 'Selected: copy it with Ctrl-C or ⌘C';
    setCopied(told);
    announce(`${title}: ${told}.`);
  };
  return (
    <div className={style.part}>
      <div>
        <h4 id={id}>{title}</h4>
        {copied !== undefined && <small>{copied}</small>}
        <Button type="button" icon="copy" aria-label={`Copy ${title}`} onClick={() => void copy()}>
          Copy
        </Button>
      </div>
      <pre ref={shown} className={style.code} tabIndex={0} role="region" aria-label={`${title} for ${platform}`}>
        {text}
      </pre>
    </div>
  );
}
