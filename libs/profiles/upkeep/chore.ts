/** Work in the background that is never done for good. Any number of processes may do it at once: it is only done twice then. */
export interface Chore {
  name: string;
  /** It rests so many times as long as the last step took, where a load is not to wait for it (default: not at all). */
  rest?(now: Date): Promise<number>;
  /** There may be something to do though nobody has defined anything. */
  withoutDefinitions?: true;
  /** Whether there is something to do: a look at an index. */
  isDue(now: Date): Promise<boolean>;
  /** Does a bounded part of it; gives whether more is to be done. */
  step(now: Date): Promise<boolean>;
}
