import type { Json } from '@millrace/sdk';
import type { ConsentChoice, ConsentState, StoredConsent } from '../consents/index.ts';
import { originOf, type PartOrigin } from '../folding/index.ts';
import type { IdentityKey } from '../identity/index.ts';
import type { Bar, Permission } from '../permissions/index.ts';

export interface ChoiceView {
  identity: IdentityKey;
  channel: string;
  purpose: string;
  state: ConsentState;
  /** ISO time of the choice; absent where the source tells none. */
  at?: string;
  source?: string;
  wording?: string;
  evidence?: Json;
  /** The record that told it; connection `millrace` for what was recorded here. */
  origin: PartOrigin;
  /** The run that brought it, or `api` or `preferences`. */
  run: string;
  /** Id of the key that recorded it. */
  by?: string;
  recordedAt: string;
}

export type ConsentStateView = Omit<ChoiceView, 'run' | 'recordedAt'> & { updatedAt: string };

/** What counts for each identity, and what follows for the person. */
export interface PersonConsents {
  consents: ConsentStateView[];
  permissions: Permission[];
  /** Null: nothing stands before what they chose. */
  bar: Bar | null;
}

export function choiceView(choice: ConsentChoice): ChoiceView {
  return { ...said(choice), run: choice.b, recordedAt: choice.recordedAt.toISOString() };
}

export function consentStateView(consent: StoredConsent): ConsentStateView {
  return { ...said(consent), updatedAt: consent.updatedAt.toISOString() };
}

function said({
  identity,
  channel,
  purpose,
  state,
  at,
  source,
  wording,
  evidence,
  by,
  k,
}: ConsentChoice | StoredConsent): Omit<ChoiceView, 'run' | 'recordedAt'> {
  return {
    identity,
    channel,
    purpose,
    state,
    ...(at && { at: at.toISOString() }),
    ...(source !== undefined && { source }),
    ...(wording !== undefined && { wording }),
    ...(evidence !== undefined && { evidence }),
    ...(by !== undefined && { by }),
    origin: originOf(k),
  };
}
