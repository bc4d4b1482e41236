/** @schema DryRow */
export interface DryRow {
  position?: string;
  source: unknown;
  fate: 'mapped' | 'deleted' | 'rejected' | 'filtered' | 'superseded';
  /** By object. */
  changes?: Record<string, DryChange>;
  code?: string;
  message?: string;
}

/** @schema ChangeDto */
export interface DryChange {
  change: 'create' | 'update' | 'delete' | 'unchanged' | 'superseded' | 'rejected' | 'unknown';
  differences: Difference[];
}

/** @schema DifferenceDto */
export interface Difference {
  field: string;
  before?: unknown;
  after?: unknown;
}
