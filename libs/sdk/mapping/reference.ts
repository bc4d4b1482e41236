import { signature } from './arguments.ts';
import { transforms } from './transforms/table.ts';

export interface TransformReference {
  name: string;
  /** `date(format?, timeZone?)` */
  args: string;
  description: string;
  /** `" Ann " | trim → "Ann"` */
  example: string;
}

/** Every transform, for the documentation and the console. */
export function mappingReference(): TransformReference[] {
  return [...transforms.values()].map((transform) => {
    const { name, description, example } = transform;
    const call = example.args === '' ? name : `${name}(${example.args})`;
    return {
      name,
      args: signature(transform),
      description,
      example: `${JSON.stringify(example.value)} | ${call} → ${JSON.stringify(example.result)}`,
    };
  });
}
