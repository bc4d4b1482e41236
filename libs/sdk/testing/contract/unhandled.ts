import { setImmediate as soon } from 'node:timers/promises';
import { messageOf, type AnyConnector } from '../../index.ts';
import { fault } from './fault.ts';
import type { ContractCheck } from './options.ts';

/** The check, failing too where the connector leaves a rejection or an error unhandled meanwhile: that would end the server's process. */
export function heedingUnhandled({ id }: Pick<AnyConnector, 'id'>, check: ContractCheck): ContractCheck {
  return {
    ...check,
    run: async () => {
      let looked: number | void;
      const unhandled: unknown[] = [];
      const note = (error: unknown): void => void unhandled.push(error);
      process.on('unhandledRejection', note).on('uncaughtException', note);
      try {
        looked = await check.run();
        await soon(); // a rejection counts as unhandled once all that was waiting has run
      } finally {
        process.removeListener('unhandledRejection', note).removeListener('uncaughtException', note);
      }
      if (unhandled.length === 0) return looked;
      throw fault(
        `Connector "${id}" leaves an error unhandled, which would end the server: ${messageOf(unhandled[0]).replace(/\.$/, '')}. Await every promise, or catch what it rejects with.`,
        unhandled[0],
      );
    },
  };
}
