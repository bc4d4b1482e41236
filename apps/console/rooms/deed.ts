import type { Api, ApiProblem } from '../api/index.ts';
import type { IconName } from '../ui/index.ts';

/** Something that an operator may do to a sync or a run as it is now. */
export interface Deed<Result = unknown> {
  name: string;
  title: string;
  icon?: IconName;
  /** What one most likely came for. */
  main?: boolean;
  /** What it does, for who is asked whether it is meant; absent: nobody is asked. */
  asks?: { title: string; text: string; yes: string };
  do: (api: Api) => Promise<Result>;
  /** What may be done all the same after such a refusal. */
  despite?: (problem: ApiProblem) => Deed<Result> | undefined;
  /** What is told when it is done. */
  said: string;
}
