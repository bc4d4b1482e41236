import { SetMetadata } from '@nestjs/common';

/** The metadata under which a route says that it needs no key. */
export const publicRoute = 'millrace:public';

/** Opens a route, or all routes of a controller, to everybody. */
export const Public = () => SetMetadata(publicRoute, true);
