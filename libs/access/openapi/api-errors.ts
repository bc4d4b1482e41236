import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { errorCodes, type ErrorCode } from '@millrace/sdk';
import { ProblemDto } from './problem.dto.ts';

const always: ErrorCode[] = ['unauthenticated', 'forbidden'];

/** Documents the errors of a route as problem+json, by status; the missing key and the missing role are always among them. */
export function ApiErrors(...codes: ErrorCode[]): MethodDecorator {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set([...always, ...codes])) {
    const { status } = errorCodes[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return applyDecorators(
    ApiExtraModels(ProblemDto),
    ...[...byStatus].map(([status, those]) => ApiResponse(responseOf(status, those))),
  );
}

function responseOf(status: number, codes: ErrorCode[]) {
  return {
    status,
    description: codes.map((code) => `\`${code}\`: ${errorCodes[code].title}`).join('; '),
    content: {
      'application/problem+json': {
        schema: { $ref: getSchemaPath(ProblemDto) },
        examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(status, code) }])),
      },
    },
  };
}

function exampleOf(status: number, code: ErrorCode) {
  const { title } = errorCodes[code];
  return {
    type: `urn:millrace:error:${code}`,
    title,
    status,
    code,
    detail: `${title}.`,
    instance: 'req_01JD3V7Q2M8Z5T9W4R6X1Y0KBC',
  };
}
