/** A request of a person that is not finished. Nothing in it names the person. */
export interface DueRequest {
  id: string;
  /** What is asked for: `export`, `erase`, `restrict`. */
  kind: string;
  /** The operator's own, such as a ticket. */
  reference?: string;
  dueAt: Date;
}

/** When requests have to be done: from then on (absent: ever since), and before that. */
export interface DueTime {
  from?: Date;
  until: Date;
}

export interface DueRequests {
  /** Counted up to `mostCounted`. */
  count: number;
  /** The most urgent ones. */
  first: DueRequest[];
}

export const mostCounted = 10_000;
