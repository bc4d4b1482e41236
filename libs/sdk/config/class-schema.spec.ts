import { describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import { IsArray, IsOptional, IsString, ValidateNested } from 'class-validator';
import { classSchema } from './class-schema.ts';
import { Field } from './field.ts';

class Query {
  @Field({ title: 'Name' })
  @IsString()
  name!: string;
}

class Config {
  @Field({ title: 'Queries' })
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Query)
  queries: Query[] = [];

  @Field({ title: 'First' })
  @IsOptional()
  @ValidateNested()
  @Type(() => Query)
  first?: Query;
}

describe('classSchema', () => {
  it('holds the schemas of nested classes, without references', () => {
    const query = {
      type: 'object',
      properties: { name: { type: 'string', title: 'Name' } },
      required: ['name'],
      additionalProperties: false,
    };
    expect(classSchema(Config).properties).toEqual({
      queries: { type: 'array', items: query, title: 'Queries', default: [] },
      first: { ...query, title: 'First' },
    });
  });
});
