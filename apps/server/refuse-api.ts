import { NotFoundException } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';

const open = /^\/(api\/events|p\.gif|c\/[^/]+|millrace(\.[\w-]+)?\.js|healthz|readyz|metrics)$/;

/** In a process that only collects: no other route than those that collect, and those for probes. */
export function refuseApi(app: NestExpressApplication): void {
  app.use(({ path }: Request, _response: Response, next: NextFunction): void => {
    if (open.test(path)) return next();
    next(new NotFoundException('This process only collects events. Ask one whose MILLRACE_PROCESSES has `api`.'));
  });
}
