import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { MillraceError } from '@millrace/sdk';
import type { Request } from 'express';
import { publicRoute, RehearseQuery, RemovalQuery } from '#platform';
import { AuditLog } from '../audit/audit-log.ts';
import { isReading } from '../audit/is-reading.ts';
import { holderOf } from '../keys/current-key.ts';

type Type = abstract new (...args: never[]) => unknown;

/** Refuses `rehearse` where nothing looks at it: who only wants to ask would change something, and the audit log would say that nothing was to be done. */
@Injectable()
export class RehearsalGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly audit: AuditLog,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    if (request.query.rehearse === undefined || isReading(request) || takesRehearsals(context)) return true;
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(publicRoute, targets)) return true;
    const refused = new MillraceError(
      'bad_request',
      '`rehearse` does nothing here: this request cannot be rehearsed. Leave it out to have it done.',
    );
    const holder = holderOf(request);
    if (holder) await this.audit.record(request, holder, refused);
    throw refused;
  }
}

/** Whether a handler declares a query that has `rehearse`. */
function takesRehearsals(context: ExecutionContext): boolean {
  const prototype = context.getClass().prototype as object;
  const types = Reflect.getMetadata('design:paramtypes', prototype, context.getHandler().name) as Type[] | undefined;
  return types?.some((type) => isOrExtends(type, RehearseQuery) || isOrExtends(type, RemovalQuery)) ?? false;
}

function isOrExtends(type: Type, base: Type): boolean {
  return type === base || type.prototype instanceof base;
}
