/**
 * Whether what was read may still be gone by. What is good for longer than anything ever is was read before the clock was set back.
 *
 * @param until when it is to be read again (milliseconds since 1970)
 * @param lag milliseconds for which it is good from when it is read
 */
export function isStillGood(until: number, lag: number, now: number): boolean {
  return now < until && until - now <= lag;
}
