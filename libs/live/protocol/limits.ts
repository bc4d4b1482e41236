/** Bytes of one message of a client. */
export const mostMessageBytes = 500 * 1024;
/** Pushes of a connection that wait for their acknowledgement, and their bytes. */
export const mostUnacknowledged = 64;
export const mostUnacknowledgedBytes = 4_000_000;
/** Subscriptions of a connection. */
export const mostSubscriptions = 100;
/** Connections of a process, and of one key in a process. */
export const mostConnections = 5_000;
export const mostOfKey = 100;
/** Bytes that wait for a client: beyond, it gets nothing but the newest state later. */
export const mostUnsent = 1_000_000;
/** Milliseconds: until a key has to come; between heartbeats; between looks at keys; for which a client may take nothing. */
export const authTime = 10_000;
export const heartbeat = 20_000;
export const keyCheck = 5_000;
export const mostLag = 60_000;

/** Why a connection was closed, beside the usual codes. */
export const closing = {
  goingAway: 1001,
  tryLater: 1013,
  unauthenticated: 4401,
  forbidden: 4403,
  authTimeout: 4408,
  tooSlow: 4413,
  tooMany: 4429,
} as const;
