import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateIf,
} from 'class-validator';
import { PageQuery } from '#platform';
import type { ConnectionPatch, NewConnection } from '../connection-editor.ts';
import type { JsonObject } from '../config/split-secrets.ts';

const configExample = { host: 'db.example.com', database: 'shop', user: 'millrace', password: 'the password' };

/** Slugs are told from ids (`con_…`) by their letters. */
export const slugPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;
const slugMessage = 'must be lower case letters, digits and hyphens, at most 63';

const movedProperty = {
  description:
    'True: it leads to another place now, which has nothing of what the former one has, so syncs from it and to it start over. False: it is the same place ' +
    'under another address. Unsaid where an address changes, or what else names a place (a database, a topic), syncs go on, and `notices` tell.',
};

class ConnectionFields {
  @ApiProperty({ description: 'Id of the connector.', example: 'postgres' })
  @IsString()
  @Length(1, 63)
  connector!: string;

  @ApiPropertyOptional({ description: 'Default: the connector’s title.', example: 'Shop database', maxLength: 100 })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  name?: string;

  @ApiPropertyOptional({
    description: 'As the connector’s `config` schema says.',
    type: Object,
    example: configExample,
  })
  @IsOptional()
  @IsObject()
  config?: JsonObject;

  @ApiPropertyOptional({ example: ['shop', 'eu'], type: [String], maxItems: 20 })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @Matches(/^[\p{L}\p{N}._:/-]{1,60}$/u, {
    each: true,
    message: 'each label must be letters, digits and . _ : / -, at most 60',
  })
  labels?: string[];
}

export class CreateConnectionDto extends ConnectionFields implements NewConnection {
  @ApiPropertyOptional({ description: 'Your own id for it, for PUT.', example: 'shop-db', pattern: slugPattern.source })
  @ValidateIf((_, slug) => slug !== undefined)
  @Matches(slugPattern, { message: slugMessage })
  slug?: string;
}

export class PutConnectionDto extends ConnectionFields {
  @ApiPropertyOptional(movedProperty)
  @IsOptional()
  @IsBoolean()
  moved?: boolean;
}

export class PatchConnectionDto
  extends PickType(PutConnectionDto, ['name', 'config', 'labels', 'moved'] as const)
  implements ConnectionPatch
{
  @ApiPropertyOptional({ description: 'Your own id for it, for PUT.', example: 'shop-db', pattern: slugPattern.source })
  @ValidateIf((_, slug) => slug !== undefined)
  @Matches(slugPattern, { message: slugMessage })
  slug?: string;
}

export class ConnectionQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only those of this connector.', example: 'postgres' })
  @IsOptional()
  @IsString()
  @Length(1, 63)
  connector?: string;

  @ApiPropertyOptional({ description: 'Only those with this label.', example: 'eu' })
  @IsOptional()
  @IsString()
  @Length(1, 60)
  label?: string;
}
