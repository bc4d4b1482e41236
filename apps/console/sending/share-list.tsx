import { useRef } from 'react';
import type { Share } from '../api/index.ts';
import { Button, timeAgo, useAnnounce } from '../ui/index.ts';
import { copyText } from './copy-text.ts';
import style from './sending.module.css';

interface Props {
  shares: readonly Share[];
  onRevoke: (share: Share) => void;
}

const states = { open: '', revoked: 'Taken back', erased: 'Erased with its person' };

export function ShareList({ shares, onRevoke }: Props) {
  if (shares.length === 0) return null;
  return (
    <section aria-label="Links of this template">
      <h3>Links</h3>
      <ul className={style.shares}>
        {shares.map((share) => (
          <li key={share.id}>
            <p>
              Made {timeAgo(share.createdAt)}, works until{' '}
              <time dateTime={share.expiresAt}>{share.expiresAt.slice(0, 10)}</time>
              {share.masked ? ' · masked' : ' · not masked'}
            </p>
            {share.url === null ? (
              <em>{states[share.state]}</em>
            ) : (
              <Link url={share.url} onRevoke={() => onRevoke(share)} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Link({ url, onRevoke }: { url: string; onRevoke: () => void }) {
  const announce = useAnnounce();
  const field = useRef<HTMLInputElement>(null);
  /** Selected in any case, to be copied by hand. */
  const copy = async () => {
    field.current?.select();
    announce((await copyText(url)) ? 'Copied.' : 'The link is selected: copy it with Ctrl-C or ⌘C.');
  };
  return (
    <div className={style.link}>
      <input ref={field} readOnly value={url} aria-label="Link" onFocus={(event) => event.target.select()} />
      <Button icon="copy" onClick={() => void copy()} type="button">
        Copy
      </Button>
      <Button kind="quiet" icon="trash" onClick={onRevoke} type="button">
        Take back
      </Button>
    </div>
  );
}
