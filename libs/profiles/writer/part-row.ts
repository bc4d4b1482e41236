import { rejected, type MillraceError, type Outcome } from '@millrace/sdk';
import type { Part } from '../folding/index.ts';
import type { IdentityKey } from '../identity/index.ts';

/** A part on its way into a profile. */
export interface PartRow {
  part: Part;
  /** The source tells no time of change: seen again with the same content, the part stays as it is. */
  undated?: boolean;
  /** Whom it names, read without any policy: somebody may have been erased before the policy was what it is. */
  who?: IdentityKey[];
}

/** What became of a part, and whose it is now. */
export interface PartResult {
  outcome: Outcome;
  profile?: string;
}

export function rejectedWith({ code, message }: MillraceError): Outcome {
  return rejected(code, message);
}
