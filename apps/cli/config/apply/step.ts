import type { Fields } from '../documents/document.ts';
import type { CheckedDocument } from './check-document.ts';
import type { Difference } from './difference.ts';

/** What applying does with one document. */
export interface Step extends CheckedDocument {
  action: 'create' | 'change' | 'unchanged';
  differences: Difference[];
  /** What PUT gets; others are named by slug. */
  body: Fields;
  /** Headers by which PUT refuses to write over what somebody has made or changed since it was looked at. */
  fence: Record<string, string>;
  /** Connections that nobody can ask yet, so whether they have what this names shows only when it is put. */
  unasked?: string[];
}
