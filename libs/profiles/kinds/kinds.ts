import { consentKind } from './consent-kind.ts';
import { eventKind } from './event-kind.ts';
import type { Kind } from './kind.ts';
import { orderKind } from './order-kind.ts';
import { productKind } from './product-kind.ts';
import { profileKind } from './profile-kind.ts';

export const kindNames = ['profile', 'event', 'order', 'product', 'consent'] as const;
export type KindName = (typeof kindNames)[number];

/** Everything that the profile store keeps, by the name of the object that writes it. */
export const kinds: Readonly<Record<KindName, Kind>> = {
  profile: profileKind,
  event: eventKind,
  order: orderKind,
  product: productKind,
  consent: consentKind,
};
