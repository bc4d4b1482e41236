import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '../openapi/api-errors.ts';
import { RequireRole } from '../roles/require-role.ts';
import { CurrentKey, type KeyHolder } from './current-key.ts';
import { KeyHolderDto } from './key.dto.ts';

@ApiTags('keys')
@RequireRole('viewer')
@Controller('api/me')
export class MeController {
  @Get()
  @ApiOperation({ summary: 'Who the key is, and what it may do' })
  @ApiOkResponse({ type: KeyHolderDto })
  @ApiErrors()
  me(@CurrentKey() key: KeyHolder): KeyHolder {
    return key;
  }
}
