import type { ErrorCode } from '@millrace/sdk';
import { packedIn, type PackedDelivery, type StoredDelivery } from '../store/index.ts';

/** A delivery in a list. */
export interface DeliveryView {
  id: string;
  deliveryId: string;
  receivedAt: string;
  bytes: number;
  notUnderstood?: { code: ErrorCode; message: string };
  replayOf?: string;
}

/** A delivery with all that came. */
export interface WholeDeliveryView extends DeliveryView, PackedDelivery {}

/** What a list needs of a delivery. */
export const listed = { deliveryId: 1, receivedAt: 1, bytes: 1, notUnderstood: 1, replayOf: 1 } as const;
export type ListedDelivery = Pick<StoredDelivery, '_id' | keyof typeof listed>;

export function viewOf({ _id, deliveryId, receivedAt, bytes, notUnderstood, replayOf }: ListedDelivery): DeliveryView {
  return {
    id: _id,
    deliveryId,
    receivedAt: receivedAt.toISOString(),
    bytes,
    ...(notUnderstood && { notUnderstood }),
    ...(replayOf !== undefined && { replayOf }),
  };
}

export function wholeViewOf(delivery: StoredDelivery): WholeDeliveryView {
  return { ...viewOf(delivery), ...packedIn(delivery.json) };
}
