/** What the API answers, as specs look at it. */
export interface Named {
  name?: string;
  rule?: string;
  [field: string]: unknown;
}

export interface List {
  data: Named[];
  next: string | null;
}
