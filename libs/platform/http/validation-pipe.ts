import { ValidationPipe } from '@nestjs/common';
import { validationError } from '../errors/validation-error.ts';

/** Validates every DTO: unknown properties are refused, and all faults are named at once. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    stopAtFirstError: false,
    validationError: { target: false, value: false },
    exceptionFactory: validationError,
  });
}
