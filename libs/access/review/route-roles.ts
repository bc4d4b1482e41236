import { Injectable, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { publicRoute } from '#platform';
import { requiredRole } from '../roles/require-role.ts';
import type { Role } from '../roles/role.ts';

export interface RouteRole {
  method: string;
  path: string;
  /** `public`: no key is needed. */
  role: Role | 'public';
}

type Handler = (...args: unknown[]) => unknown;

/** Which role each route of this server needs, as the guard reads it. */
@Injectable()
export class RouteRoles {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /** By path and method. */
  list(): RouteRole[] {
    return this.discovery
      .getControllers()
      .flatMap(({ instance, metatype }) => {
        if (typeof metatype !== 'function' || typeof instance !== 'object' || instance === null) return [];
        const prototype = Object.getPrototypeOf(instance) as Record<string, Handler>;
        return this.scanner
          .getAllMethodNames(prototype)
          .flatMap((name) => this.routesOf(metatype as Handler, prototype[name] as Handler));
      })
      .sort((x, y) => (x.path < y.path ? -1 : x.path > y.path ? 1 : x.method < y.method ? -1 : 1));
  }

  private routesOf(controller: Handler, handler: Handler): RouteRole[] {
    const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
    if (method === undefined) return [];
    const targets = [handler, controller];
    const open = this.reflector.getAllAndOverride<boolean | undefined>(publicRoute, targets);
    const role = open
      ? 'public'
      : (this.reflector.getAllAndOverride<Role | undefined>(requiredRole, targets) ?? 'admin');
    return pathsOf(controller).flatMap((base) =>
      pathsOf(handler).map((path) => ({ method: RequestMethod[method], path: joined(base, path), role })),
    );
  }
}

function pathsOf(target: Handler): string[] {
  const path = Reflect.getMetadata(PATH_METADATA, target) as string | string[] | undefined;
  return path === undefined ? [''] : [path].flat();
}

function joined(base: string, path: string): string {
  return `/${[base, path]
    .map((part) => part.replace(/^\/|\/$/g, ''))
    .filter(Boolean)
    .join('/')}`;
}
