import type { RenderWork } from '../sandbox/index.ts';

/** Somebody as the sandbox is told of them. */
export interface MailRow {
  /** What the mail may look at, as JSON. */
  text: string;
  frame: NonNullable<RenderWork['frames']>[number];
  /** What feeds say about this person. */
  feeds?: object;
}
