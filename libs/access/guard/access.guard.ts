import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { MillraceError } from '@millrace/sdk';
import type { Request } from 'express';
import { publicRoute } from '#platform';
import { AuditLog } from '../audit/audit-log.ts';
import { rememberHolder, type KeyHolder } from '../keys/current-key.ts';
import { KeysService } from '../keys/keys.service.ts';
import { requiredRole } from '../roles/require-role.ts';
import { includesRole, type Role } from '../roles/role.ts';

/** Lets a request through when its key has the role that the route names; a route that names none needs `admin`. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly keys: KeysService,
    private readonly audit: AuditLog,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(publicRoute, targets)) return true;
    if (context.getType() !== 'http')
      throw new MillraceError('forbidden', 'Only HTTP routes can be reached with a key.');
    const request = context.switchToHttp().getRequest<Request>();
    const holder = await this.#holderOf(request);
    rememberHolder(request, holder);
    const needed = this.reflector.getAllAndOverride<Role | undefined>(requiredRole, targets) ?? 'admin';
    if (includesRole(holder.role, needed)) return true;
    const refused = new MillraceError(
      'forbidden',
      `This needs the role ${needed}, the key "${holder.name}" has ${holder.role}. Use another key, or ask an admin for one.`,
      { details: { needed, held: holder.role } },
    );
    await this.audit.record(request, holder, refused);
    throw refused;
  }

  async #holderOf(request: Request): Promise<KeyHolder> {
    const text = bearerOf(request.headers.authorization);
    if (text === undefined) {
      throw new MillraceError('unauthenticated', 'No key was sent. Send one as `Authorization: Bearer mr_…`.');
    }
    const holder = await this.keys.verify(text);
    if (!holder) {
      throw new MillraceError('unauthenticated', 'The key is wrong or was revoked. Ask an admin for a new one.');
    }
    return holder;
  }
}

function bearerOf(header: string | undefined): string | undefined {
  if (header?.slice(0, 7).toLowerCase() !== 'bearer ') return undefined;
  return header.slice(7).trim() || undefined;
}
