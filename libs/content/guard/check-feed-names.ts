import { isPath, placeOf } from './check-calls.ts';
import { TemplateFault } from './fault.ts';
import { walk } from './walk.ts';

/** Which feeds a mail needs is told by its source, so the names of catalogs are written out. @throws TemplateFault `template_invalid` */
export function checkFeedNames(program: hbs.AST.Program): void {
  walk(program, {
    call(call) {
      const [name] = call.params;
      if (!isPath(call.path) || call.path.original !== 'catalog' || !name || name.type === 'StringLiteral') return;
      throw new TemplateFault(
        'template_invalid',
        'A catalog is named by a text in quotes: {{#catalog "Menu" …}}. Which feed a value would name is not known before the mail is made; write a branch for each with {{#if}}.',
        placeOf(call),
      );
    },
  });
}
