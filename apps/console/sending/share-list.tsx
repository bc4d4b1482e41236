import type { PagedList, Share } from '../api/index.ts';
import { Button, CopyField, ShowMore, timeAgo, useStay } from '../ui/index.ts';
import style from './sending.module.css';

interface Props {
  shares: readonly Share[];
  /** What is read of them. */
  list: PagedList<Share>;
  onRevoke: (share: Share) => void;
}

const states = { revoked: 'Taken back', erased: 'Erased with its person' };

export function ShareList({ shares, list: { loading, more }, onRevoke }: Props) {
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
            <ShownLink share={share} onRevoke={onRevoke} />
          </li>
        ))}
      </ul>
      <ShowMore count={shares.length} busy={loading} onMore={more} />
    </section>
  );
}

function ShownLink({ share, onRevoke }: Pick<Props, 'onRevoke'> & { share: Share }) {
  const { here, note } = useStay<HTMLElement>(share.state);
  if (share.state !== 'open')
    return (
      <em ref={here} tabIndex={-1}>
        {states[share.state]}
      </em>
    );
  const revoke = () => {
    note();
    onRevoke(share);
  };
  const takeBack = (
    <Button kind="quiet" icon="trash" onClick={revoke} type="button">
      Take back
    </Button>
  );
  if (share.url !== null)
    return (
      <CopyField label="Link" value={share.url}>
        {takeBack}
      </CopyField>
    );
  return (
    <>
      <em>It shows what your key may not see: ask whoever made it.</em> {takeBack}
    </>
  );
}
