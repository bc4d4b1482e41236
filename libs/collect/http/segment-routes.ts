import type { MessageType } from '../messages/index.ts';

/** What a path of Segment's HTTP API takes: messages of one type, or a batch of any. */
export type SegmentRoute = { type: MessageType } | 'batch';

/** The short names are those of the browser library. */
export const segmentRoutes = new Map<string, SegmentRoute>([
  ...(['identify', 'track', 'page', 'screen', 'group', 'alias'] as const).flatMap((type): [string, SegmentRoute][] => [
    [`/${type}`, { type }],
    [`/${type.charAt(0)}`, { type }],
  ]),
  ['/batch', 'batch'],
  ['/b', 'batch'],
  ['/import', 'batch'],
]);
