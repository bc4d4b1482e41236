import { useFollowed, type PrivacyRequest } from '../api/index.ts';
import { Deeds, Facts, Room, type Fact } from '../rooms/index.ts';
import { momentText, saidText } from '../runs/index.ts';
import { useSources, type SourceOf } from '../sources/index.ts';
import { Notice, useAnnounced, useStay } from '../ui/index.ts';
import { deedsOf, isGone } from './deeds.ts';
import { RequestBadge } from './request-badge.tsx';
import { RequestOutcome } from './request-outcome.tsx';
import { isOpen, kinds, stateText } from './words.ts';

/** Milliseconds between two looks. */
const every = 2_000;

/** One request: how far it is, what came of it, and the proof. */
export function RequestRoom({ id }: { id: string }) {
  const path = `api/privacy/requests/${encodeURIComponent(id)}`;
  const isOver = (found: PrivacyRequest) => !isOpen(found);
  const { found: request, problem, again } = useFollowed<PrivacyRequest>(path, { every, isOver });
  const sourceOf = useSources();
  const title = request ? kinds[request.kind].title : 'Privacy request';
  useAnnounced(request && `The ${title.toLowerCase()} is ${stateText(request)}.`);
  const deeds = request ? deedsOf(request) : [];
  const { here, note } = useStay<HTMLElement>(request?.liftedAt ?? '');
  return (
    <Room
      house="people"
      way={[
        ['People', { room: 'people' }],
        ['Privacy requests', { room: 'privacyRequests' }],
      ]}
      title={title}
      badge={request && <RequestBadge request={request} />}
      opening={!request}
      problem={problem}
      onAgain={again}
    >
      {request && (
        <>
          {isOpen(request) && request.reason !== undefined && <p>{saidText(request.reason)}</p>}
          {isGone(request) && (
            <Notice kind="info">Its files are gone: they were kept for 14 days. Ask for a new one.</Notice>
          )}
          {deeds.length > 0 && (
            <Deeds
              deeds={deeds}
              onDone={() => {
                note();
                again();
              }}
            />
          )}
          <section ref={here} tabIndex={-1} aria-label="Facts">
            <Facts facts={factsOf(request, sourceOf)} />
          </section>
          <RequestOutcome request={request} />
        </>
      )}
    </Room>
  );
}

function factsOf(request: PrivacyRequest, sourceOf: SourceOf): Fact[] {
  const { id, identity, reference, requestedAt, requestedBy, dueAt, finishedAt, liftedAt, expiresAt, proof } = request;
  const facts: [string, string | undefined][] = [
    ['Reference', reference],
    ['Asked for', `${momentText(requestedAt)} by ${requestedBy.name}`],
    ['Due', isOpen(request) ? momentText(dueAt) : undefined],
    ['Done', finishedAt && momentText(finishedAt)],
    ['Lifted', liftedAt && momentText(liftedAt)],
    ['Kept until', expiresAt && momentText(expiresAt)],
    ['Named by', `${sourceOf({ connection: identity.kind }).name}, kept as the keyed hash ${identity.hash}`],
    ['Proof', proof && `${proof} (HMAC over what is told here)`],
    ['Id', id],
  ];
  return facts.flatMap(([name, value]): Fact[] => (value === undefined ? [] : [[name, value]]));
}
