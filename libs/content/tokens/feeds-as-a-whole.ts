import { isPath, placeOf } from '../guard/index.ts';
import type { Outline } from './outline.ts';

/** Tells whether an argument is all feeds together, `feeds` or what stands for it, rather than one of them. */
export function feedsAsAWhole({ tokens }: Outline): (argument: hbs.AST.Expression | undefined) => boolean {
  const places = new Set(tokens.filter(isWhole).map(({ line, column }) => `${line}:${column}`));
  return (argument) => {
    if (!argument || !isPath(argument)) return false;
    const { line, column } = placeOf(argument);
    return places.has(`${line}:${column}`);
  };
}

function isWhole({ paths }: Outline['tokens'][number]): boolean {
  return paths.length === 1 && paths[0] === 'feeds';
}
