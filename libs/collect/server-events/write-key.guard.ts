import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import type { Request } from 'express';
import { KnownWriteKeys, writeKeyIn } from '../sources/index.ts';

const sources = new WeakMap<Request, string>();

/** Lets a request through that has a write key: as a bearer, or as the user name of Basic authorization. */
@Injectable()
export class WriteKeyGuard implements CanActivate {
  constructor(private readonly keys: KnownWriteKeys) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const source = await this.keys.sourceOf(writeKeyIn(request.headers.authorization));
    sources.set(request, source._id);
    return true;
  }
}

/** The id of the source that sends, as a parameter of a route with the WriteKeyGuard. */
export const SendingSourceId = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const source = sources.get(context.switchToHttp().getRequest<Request>());
  if (source !== undefined) return source;
  throw new MillraceError('internal', '@SendingSourceId() was used on a route without the WriteKeyGuard.');
});
