import type { Peek, Row } from '@millrace/sdk';

/** The two states of a peek, as `state` shows a document; undefined: it is not there. */
export function asPeek<T>(
  before: T | undefined,
  after: T | undefined,
  state: (document: T) => Row | undefined,
): Pick<Peek, 'before' | 'after'> {
  const [was, becomes] = [before && state(before), after && state(after)];
  return { ...(was && { before: was }), ...(becomes && { after: becomes }) };
}
