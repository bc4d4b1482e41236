import type { PrivacyRequest } from './request.schema.ts';

export interface RequestView {
  id: string;
  kind: PrivacyRequest['kind'];
  state: PrivacyRequest['state'];
  /** What it waits for. */
  reason?: string;
  /** The kind and HMAC of the identity; the address itself is not kept. */
  identity: { kind: string; hash: string };
  reference?: string;
  requestedBy: PrivacyRequest['requestedBy'];
  requestedAt: string;
  dueAt: string;
  /** It should have been done by now. */
  overdue: boolean;
  steps: { name: string; doneAt: string }[];
  counts: Record<string, number>;
  destinations: PrivacyRequest['destinations'];
  finishedAt?: string;
  liftedAt?: string;
  expiresAt?: string;
  proof?: string;
}

export function requestView(request: PrivacyRequest, now = new Date()): RequestView {
  const { state, reason, expiresAt, liftedAt, proof, finishedAt, dueAt } = request;
  return {
    ...proofText(request),
    state,
    ...(reason !== undefined && { reason }),
    overdue: !finishedAt && dueAt < now,
    ...(liftedAt && { liftedAt: liftedAt.toISOString() }),
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
    ...(proof !== undefined && { proof }),
  };
}

/** What the proof covers: what does not change any more once a request is finished. */
export function proofText(request: PrivacyRequest) {
  const { _id: id, kind, identity: hash, identityKind, reference, requestedBy, requestedAt, dueAt } = request;
  const { steps, counts, destinations, finishedAt } = request;
  return {
    id,
    kind,
    identity: { kind: identityKind, hash },
    ...(reference !== undefined && { reference }),
    requestedBy,
    requestedAt: requestedAt.toISOString(),
    dueAt: dueAt.toISOString(),
    steps: steps.map(({ name, doneAt }) => ({ name, doneAt: doneAt.toISOString() })),
    counts,
    destinations,
    ...(finishedAt && { finishedAt: finishedAt.toISOString() }),
  };
}
