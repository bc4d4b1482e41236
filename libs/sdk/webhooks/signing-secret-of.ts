import { randomBytes } from 'node:crypto';
import type { ConnectorContext } from '../connector/index.ts';

/** The newest signing secret of a connection; where there is none yet, one is made and stored before anybody is told of it. */
export async function signingSecretOf(
  ctx: Pick<ConnectorContext<{ signingSecrets?: string[] }>, 'config' | 'updateSecrets'>,
): Promise<string> {
  const [present] = ctx.config.signingSecrets ?? [];
  if (present !== undefined) return present;
  const made = randomBytes(32).toString('hex');
  await ctx.updateSecrets({ signingSecrets: [made] });
  return made;
}
