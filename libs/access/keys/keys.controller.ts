import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Idempotent, PageQuery, type List } from '#platform';
import { ApiErrors } from '../openapi/api-errors.ts';
import { RequireRole } from '../roles/require-role.ts';
import { CurrentKey, type KeyHolder } from './current-key.ts';
import { CreateKeyDto, KeyListDto, NewKeyDto } from './key.dto.ts';
import { KeysService, type KeyView, type NewKey } from './keys.service.ts';

@ApiTags('keys')
@RequireRole('admin')
@Controller('api/keys')
export class KeysController {
  constructor(private readonly keys: KeysService) {}

  @Post()
  @Idempotent() // the kept answer, which holds the key, is sealed by the vault
  @ApiOperation({ summary: 'Make a key', description: 'The answer is the only place where the key is ever shown.' })
  @ApiCreatedResponse({ type: NewKeyDto })
  @ApiErrors('bad_request', 'conflict')
  create(@Body() body: CreateKeyDto, @CurrentKey() by: KeyHolder): Promise<NewKey> {
    return this.keys.create(body, by.id);
  }

  @Get()
  @ApiOperation({ summary: 'List the keys, revoked ones included' })
  @ApiOkResponse({ type: KeyListDto })
  @ApiErrors('bad_request')
  list(@Query() page: PageQuery): Promise<List<KeyView>> {
    return this.keys.list(page);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke a key', description: 'It stops working within 10 seconds everywhere.' })
  @ApiNoContentResponse()
  @ApiErrors('not_found')
  revoke(@Param('id') id: string): Promise<void> {
    return this.keys.revoke(id);
  }
}
