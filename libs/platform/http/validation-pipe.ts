import { HttpException, ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { validationError } from '../errors/validation-error.ts';

/** Validates every DTO: unknown properties are refused, and all faults are named at once. */
export function validationPipe(): ValidationPipe {
  return new StrictValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    stopAtFirstError: false,
    validationError: { target: false, value: false },
    exceptionFactory: validationError,
  });
}

/** Transformers and validators throw at values that nobody foresaw, such as half a character in an address: that is the request's fault. */
class StrictValidationPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    try {
      return await (super.transform(value, metadata) as Promise<unknown>);
    } catch (error) {
      if (error instanceof MillraceError || error instanceof HttpException) throw error;
      throw new MillraceError(
        'bad_request',
        'The request holds a value that cannot be read. Check that texts are whole Unicode, and that a time, number or text is given where one is asked for.',
        { cause: error },
      );
    }
  }
}
