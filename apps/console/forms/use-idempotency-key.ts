import { useCallback, useRef } from 'react';
import { randomId } from '../api/index.ts';

/**
 * Gives the key under which something is asked for: the same one as long as the same is asked. So an answer that was lost neither makes a
 * second thing nor stands in the way of another one.
 */
export function useIdempotencyKey(): (body: object) => string {
  const attempt = useRef({ asked: '', key: '' });
  return useCallback((body) => {
    const asked = JSON.stringify(body);
    if (attempt.current.asked !== asked) attempt.current = { asked, key: randomId() };
    return attempt.current.key;
  }, []);
}
