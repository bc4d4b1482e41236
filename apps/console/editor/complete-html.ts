import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { htmlCompletionSource } from '@codemirror/lang-html';
import { syntaxTree } from '@codemirror/language';

/**
 * Proposes elements and attributes. It has nothing to say while the text is not read up to the cursor, as on a slow
 * machine: the tree ends within some earlier tag then, whose attributes would be proposed behind a closed one.
 */
export function completeHtml(context: CompletionContext): CompletionResult | null {
  return syntaxTree(context.state).length < context.pos ? null : htmlCompletionSource(context);
}
