import { useFollowed, type ApiKey, type AuditEntry, type List } from '../api/index.ts';
import { Deeds, Facts, Room, type Fact } from '../rooms/index.ts';
import { useSignedIn } from '../session/index.ts';
import { timeAgo, useStay } from '../ui/index.ts';
import { KeyBadge } from './key-badge.tsx';
import { KeyChanges } from './key-changes.tsx';
import { keyState } from './key-state.ts';
import { revoking } from './revoking.ts';
import { mayText } from './roles.ts';
import { ofSettings, useKeys } from './use-keys.ts';
import { expiryText } from './words.ts';

/** Of a key's changes, so many are shown. */
const most = 10;
/** Milliseconds between two looks. */
const every = 15_000;

/** One key: what it may do, until when, and what it was used for. */
export function KeyRoom({ id }: { id: string }) {
  const { holder } = useSignedIn();
  const { found, complete, problem, again, nameOf } = useKeys();
  const key = found.find((one) => one.id === id);
  const path = `api/audit?key=${encodeURIComponent(id)}&limit=${most}`;
  const { found: changes } = useFollowed<List<AuditEntry>>(key && path, { every });
  const name = key?.name ?? id;
  const { here, note } = useStay<HTMLElement>(key?.revokedAt ?? '');
  const isLastAdmin =
    holder.id !== ofSettings &&
    key?.role === 'admin' &&
    found.every((one) => one.id === id || one.role !== 'admin' || ['revoked', 'expired'].includes(keyState(one)));
  return (
    <Room
      house="keys"
      way={[['API keys', { room: 'keys' }]]}
      title={name}
      badge={key && <KeyBadge state={keyState(key)} />}
      opening={!key && !complete}
      problem={problem}
      onAgain={again}
    >
      {!key && complete && !problem && <p>There is no such key.</p>}
      {key && (
        <>
          <section ref={here} tabIndex={-1} aria-label="Facts">
            <Facts facts={factsOf(key, nameOf)} />
          </section>
          <KeyChanges changes={changes?.data} />
          {key.revokedAt === undefined && (
            <Deeds
              deeds={[revoking(key, { isOwn: holder.id === id, isLastAdmin, change: changes?.data[0] })]}
              label="Removal"
              onDone={() => {
                note();
                again();
              }}
            />
          )}
        </>
      )}
    </Room>
  );
}

function factsOf(key: ApiKey, nameOf: (id: string) => string): Fact[] {
  const { id, role, createdAt, createdBy, lastUsedAt, revokedAt } = key;
  return [
    ['Role', role],
    ['May', mayText(role)],
    ['Made', `${timeAgo(createdAt)}${createdBy === undefined ? '' : ` by ${nameOf(createdBy)}`}`],
    ['Last used', lastUsedAt === undefined ? 'never' : timeAgo(lastUsedAt)],
    ['Lifetime', expiryText(key)],
    ...(revokedAt === undefined ? [] : [['Revoked', timeAgo(revokedAt)] as const]),
    ['Id', id],
  ];
}
