import { Global, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { MongooseModule } from '@nestjs/mongoose';
import { AuditController } from './audit/audit.controller.ts';
import { auditModel, auditSchema } from './audit/audit-entry.schema.ts';
import { AuditInterceptor } from './audit/audit.interceptor.ts';
import { AuditLog } from './audit/audit-log.ts';
import { AccessGuard } from './guard/access.guard.ts';
import { RehearsalGuard } from './guard/rehearsal.guard.ts';
import { keyModel, keySchema } from './keys/key.schema.ts';
import { KeyStore } from './keys/key-store.ts';
import { KeyUses } from './keys/key-uses.ts';
import { KeysController } from './keys/keys.controller.ts';
import { KeysService } from './keys/keys.service.ts';
import { MeController } from './keys/me.controller.ts';
import {
  ManagedInterceptor,
  managedModel,
  ManagedResources,
  ManagedResourcesController,
  managedSchema,
} from './managed/index.ts';
import { AccessReviewer } from './review/access-reviewer.ts';
import { RouteRoles } from './review/route-roles.ts';

/** Keys, roles and the audit log, in force for every route of the app. */
@Global()
@Module({
  imports: [
    DiscoveryModule,
    MongooseModule.forFeature([
      { name: keyModel, schema: keySchema },
      { name: auditModel, schema: auditSchema },
      { name: managedModel, schema: managedSchema },
    ]),
  ],
  controllers: [KeysController, MeController, AuditController, ManagedResourcesController],
  providers: [
    KeyStore,
    KeyUses,
    KeysService,
    AuditLog,
    ManagedResources,
    RouteRoles,
    AccessReviewer,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_GUARD, useClass: RehearsalGuard },
    { provide: APP_INTERCEPTOR, useClass: AuditInterceptor },
    { provide: APP_INTERCEPTOR, useClass: ManagedInterceptor },
  ],
  exports: [KeysService, AuditLog, AccessReviewer],
})
export class AccessModule {}
