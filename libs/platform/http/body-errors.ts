import { MillraceError } from '@millrace/sdk';
import type { NextFunction, Request, Response } from 'express';

interface BodyParserError {
  type: string;
  limit?: number;
}

/** Express middleware that gives the body parser's errors our codes, before Nest would make a plain 400 of them. */
export function bodyErrors(error: unknown, _request: Request, _response: Response, next: NextFunction): void {
  next(isBodyParserError(error) ? readable(error) : error);
}

/** The body parser throws http-errors with a `type` such as `entity.parse.failed`. */
function isBodyParserError(thrown: unknown): thrown is BodyParserError {
  return typeof thrown === 'object' && thrown !== null && 'type' in thrown && typeof thrown.type === 'string';
}

function readable({ type, limit }: BodyParserError): MillraceError {
  switch (type) {
    case 'entity.parse.failed':
      return new MillraceError(
        'invalid_json',
        'The body is not valid JSON: check quotes, commas and that it is complete.',
      );
    case 'entity.too.large':
      return new MillraceError(
        'payload_too_large',
        `The body is larger than ${limit ?? 'the allowed number of'} bytes: send less at a time.`,
      );
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new MillraceError('bad_request', 'The encoding of the body is not supported: send UTF-8, plain or gzip.');
    default:
      return new MillraceError(
        'bad_request',
        'The body could not be read: send it whole, as UTF-8 JSON, with the right content-length.',
      );
  }
}
