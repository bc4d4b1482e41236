import { isObject } from '../is-object.ts';
import type { Json } from '../json.ts';
import type { PlanContext } from './stream.ts';

/** The cursor in a stream's state: `{ cursor }`, unless the stream's own `advance` says otherwise. Absent: nothing was read yet. */
export function cursorIn(state: Json | undefined): string | number | undefined {
  const cursor = isObject(state) ? state.cursor : undefined;
  return typeof cursor === 'string' || typeof cursor === 'number' ? cursor : undefined;
}

/** The cursor from which on rows are wanted: that of the window, else of the state. Absent: all are. */
export function readFrom({ state, window }: Pick<PlanContext, 'state' | 'window'>): string | number | undefined {
  return window ? window.from : cursorIn(state);
}
