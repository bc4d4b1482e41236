import { Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiErrors, RequireRole } from '#access';
import { HookDto } from './hook.dto.ts';
import type { HookView } from './hook-view.ts';
import { Hooks } from './hooks.ts';

@ApiTags('webhooks')
@RequireRole('operator')
@ApiParam({ name: 'id', description: 'Id or slug of the connection.', example: 'my-shopify' })
@Controller('api/connections/:id/hook')
export class HooksController {
  constructor(private readonly hooks: Hooks) {}

  @Get()
  @ApiOperation({
    summary: 'The webhook of a connection',
    description: 'Its address, what came last, and what the vendor says of its registration (10 s at most).',
  })
  @ApiOkResponse({ type: HookDto })
  @ApiErrors('not_found')
  get(@Param('id') ref: string): Promise<HookView> {
    return this.hooks.view(ref);
  }

  @Post('register')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Register the webhook with the vendor',
    description:
      'Again, it changes what is there: after a change of the public address, or of what is to be delivered.',
  })
  @ApiOkResponse({ type: HookDto })
  @ApiErrors('not_found', 'conflict', 'authentication_failed', 'permission_denied', 'remote_rejected', 'remote_error')
  register(@Param('id') ref: string): Promise<HookView> {
    return this.hooks.register(ref);
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Take the registration back',
    description: 'What was delivered stays. Deliveries that are signed are still taken.',
  })
  @ApiNoContentResponse()
  @ApiErrors('not_found', 'conflict', 'authentication_failed', 'permission_denied', 'remote_rejected', 'remote_error')
  unregister(@Param('id') ref: string): Promise<void> {
    return this.hooks.unregister(ref);
  }
}
