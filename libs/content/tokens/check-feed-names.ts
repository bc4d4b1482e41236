import { isPath, placeOf, TemplateFault, walk, type Call } from '../guard/index.ts';
import { feedsAsAWhole } from './feeds-as-a-whole.ts';
import type { Outline } from './outline.ts';

const untold =
  'Which feed a value would name is not known before the mail is made; write a branch for each with {{#if}}.';

/** Which feeds a mail needs is told by its source, so their names are written out. @throws TemplateFault `template_invalid` */
export function checkFeedNames(program: hbs.AST.Program, outline: Outline): void {
  const isAllFeeds = feedsAsAWhole(outline);
  walk(program, {
    call(call) {
      const message = faultOf(call, isAllFeeds);
      if (message !== undefined) throw new TemplateFault('template_invalid', message, placeOf(call));
    },
  });
}

function faultOf({ path, params }: Call, isAllFeeds: ReturnType<typeof feedsAsAWhole>): string | undefined {
  const [first, second] = params;
  switch (isPath(path) ? path.original : '') {
    case 'catalog':
      if (!first || first.type === 'StringLiteral') return undefined;
      return `A catalog is named by a text in quotes: {{#catalog "Menu" …}}. ${untold}`;
    case 'lookup':
      if (!isAllFeeds(first) || second?.type === 'StringLiteral') return undefined;
      return `A feed is named by a text in quotes: {{lookup feeds "news"}}, or {{feeds.news}}. ${untold}`;
    case 'each':
      return isAllFeeds(first) ? 'Feeds are named one by one: {{#each feeds.news}}.' : undefined;
    default:
      return undefined;
  }
}
