import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { freePort } from './free-port.ts';

export interface RememberedPort {
  port: number;
  /** Another than that of the last start, or that one is forgotten. */
  isNew: boolean;
  /** Forgets the port while what depends on it is changed: should that be cut short, the next start finds `isNew`. */
  forget: () => void;
  remember: () => void;
}

/** The port of the last start where it is still free, otherwise another one. */
export async function rememberedPort(file: string): Promise<RememberedPort> {
  const last = recall(file);
  const port = await freePort(last);
  return {
    port,
    isNew: port !== last,
    forget: () => rmSync(file, { force: true }),
    remember: () => writeFileSync(file, `${port}\n`),
  };
}

function recall(file: string): number | undefined {
  try {
    const port = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
  } catch {
    return undefined; // the first start
  }
}
