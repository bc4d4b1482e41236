import { MillraceError } from '@millrace/sdk';

/** The demo shows nothing that it has not checked: throws when something is not as it should be. */
export function expect(holds: boolean, what: string): asserts holds {
  if (!holds)
    throw new MillraceError('internal', `The demo expected that ${what}, and it was not so. Please report this.`);
}
