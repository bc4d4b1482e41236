import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import type { Request } from 'express';
import type { Role } from '../roles/role.ts';

/** Who is asking. */
export interface KeyHolder {
  id: string;
  name: string;
  role: Role;
}

const holders = new WeakMap<Request, KeyHolder>();

export function rememberHolder(request: Request, holder: KeyHolder): void {
  holders.set(request, holder);
}

export function holderOf(request: Request): KeyHolder | undefined {
  return holders.get(request);
}

/** The key of the request, as a parameter of a route that is not public. */
export const CurrentKey = createParamDecorator((_: unknown, context: ExecutionContext): KeyHolder => {
  const holder = holderOf(context.switchToHttp().getRequest<Request>());
  if (!holder)
    throw new MillraceError('internal', '@CurrentKey() was used on a public route: nobody is signed in there.');
  return holder;
});
