import { consentKind } from './consent-kind.ts';
import { eventKind } from './event-kind.ts';
import { orderKind } from './order-kind.ts';
import { productKind } from './product-kind.ts';
import { profileKind } from './profile-kind.ts';
import type { RecordKind } from './record-kind.ts';

export const recordKindNames = ['profile', 'event', 'order', 'product', 'consent'] as const;
export type RecordKindName = (typeof recordKindNames)[number];

/** Everything that the profile store keeps, by the name of the object that writes it: what a stream's `outputs` are for. */
export const recordKinds: Readonly<Record<RecordKindName, RecordKind>> = {
  profile: profileKind,
  event: eventKind,
  order: orderKind,
  product: productKind,
  consent: consentKind,
};
