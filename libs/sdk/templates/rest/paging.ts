/** How many records to ask for at a time, and in which parameter. */
export interface PageSize {
  param: string;
  value: number;
}

/** How an API gives a list piece by piece. Parameters are sent in the query, or in the body of a POST. */
export type Paging =
  /** Everything in one answer. */
  | { kind: 'none' }
  /** Numbered pages: `?page=1`. */
  | { kind: 'page'; param: string; start?: number; size?: PageSize }
  /** Skip so many: `?offset=200&limit=100`. */
  | { kind: 'offset'; offsetParam: string; limitParam: string; limit: number }
  /** The body tells what to send for the next page: `next` is the path of that value, which is absent, null, empty, false or 0 on the last page. */
  | { kind: 'cursor'; next: string; param: string; size?: PageSize }
  /** The address of the next page: at the path `next` of the body, else in the `Link` header (RFC 8288, `rel="next"`). */
  | { kind: 'link'; next?: string; size?: PageSize };
