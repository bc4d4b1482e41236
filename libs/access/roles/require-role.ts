import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import type { Role } from './role.ts';

export const requiredRole = 'millrace:role';

/** Says which role a route, or all routes of a controller, need. Without it and without `@Public()` a route needs `admin`. */
export function RequireRole(role: Role): ClassDecorator & MethodDecorator {
  return applyDecorators(SetMetadata(requiredRole, role), ApiBearerAuth());
}
