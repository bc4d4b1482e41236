import { execFileSync } from 'node:child_process';
import { MillraceError, messageOf } from '@millrace/sdk';

/** PostgreSQL refuses to run as root; root runs it as this user, whom its package makes. */
const user = 'postgres';

/** How this process runs PostgreSQL's programs. */
export interface ServerUser {
  /** Put in front of a command. */
  prefix: string[];
  /** Gives a file or folder to the user that the server runs as. */
  own: (path: string) => void;
}

export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return { prefix: [], own: () => undefined };
  return {
    prefix: ['setpriv', `--reuid=${id('-u')}`, `--regid=${id('-g')}`, '--clear-groups', '--'],
    own: (path) => execFileSync('chown', ['-R', `${id('-u')}:${id('-g')}`, path]),
  };
}

function id(flag: '-u' | '-g'): string {
  try {
    return execFileSync('id', [flag, user], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  } catch (error) {
    const advice = `Run as another user than root, or make the user ${user} (its package does).`;
    throw new MillraceError(
      'service_unavailable',
      `PostgreSQL does not run as root, and there is no ${user}. ${advice}`,
      {
        cause: messageOf(error),
      },
    );
  }
}
