import type { createBullBoard as CreateBullBoard } from '@bull-board/api';
import { getQueueToken } from '@nestjs/bull';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Queue } from 'bull';
import { KeysService } from '#access';
import { Log } from '#platform';
import { queueNames } from '../../queues/work-queues.ts';
import { admitAdmin } from './admit-admin.ts';
import { boardPolicy } from './board-policy.ts';
import { readOnly } from './read-only.ts';

type ServerAdapter = Parameters<typeof CreateBullBoard>[0]['serverAdapter'];

export const boardPath = '/admin/queues';

/** bull-board at /admin/queues, read-only, for admins. Call it before the app listens. */
export async function serveQueueBoard(app: NestExpressApplication): Promise<void> {
  const [{ createBullBoard }, { BullAdapter }, { ExpressAdapter }] = await Promise.all([
    import('@bull-board/api'),
    import('@bull-board/api/bullAdapter'),
    import('@bull-board/express'),
  ]);
  const pages = new ExpressAdapter();
  pages.setBasePath(boardPath);
  createBullBoard({
    queues: Object.values(queueNames).map((name) => {
      const queue = app.get<Queue>(getQueueToken(name), { strict: false });
      return new BullAdapter(queue, { readOnlyMode: true });
    }),
    serverAdapter: pages as unknown as ServerAdapter, // its package brings a copy of the types of its own
    options: { uiConfig: { boardTitle: 'Millrace: queues' } },
  });
  const keys = app.get(KeysService, { strict: false });
  app.use(boardPath, boardPolicy, admitAdmin(keys, app.get(Log)), readOnly, pages.getRouter());
}
