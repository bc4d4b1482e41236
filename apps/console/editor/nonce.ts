import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/** The page's policy takes style sheets with this nonce only. */
export function nonce(): Extension {
  const meta = document.querySelector<HTMLMetaElement>('meta[name=style-nonce]');
  return EditorView.cspNonce.of(meta?.content ?? '');
}
