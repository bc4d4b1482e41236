import type { Fields } from '../documents/document.ts';

const prefix = 'managed-by:';

/** The label of what an apply with `--as <owner>` has created: only that may be pruned. */
export function ownerLabel(owner: string): string {
  return `${prefix}${owner}`;
}

/** Such labels among a resource's. */
export function ownerLabelsOf({ labels }: Fields): string[] {
  return labelsIn(labels).filter((label) => label.startsWith(prefix));
}

/** Without such labels, and the others in order: documents say nothing about them. */
export function withoutOwners(fields: Fields): Fields {
  if (fields.labels === undefined) return fields;
  const labels = labelsIn(fields.labels).filter((label) => !label.startsWith(prefix));
  return { ...fields, labels: labels.sort() };
}

function labelsIn(labels: Fields[string] | undefined): string[] {
  return Array.isArray(labels) ? labels.filter((label) => typeof label === 'string') : [];
}
