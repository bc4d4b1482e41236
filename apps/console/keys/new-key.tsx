import { useState } from 'react';
import { useAct, type NewApiKey } from '../api/index.ts';
import { useFilledForm } from '../drafts/index.ts';
import { useIdempotencyKey } from '../forms/index.ts';
import { Room } from '../rooms/index.ts';
import { go, goBack } from '../routing/index.ts';
import { useAnnounce } from '../ui/index.ts';
import { bodyOf, newKey, type KeyDraft } from './key-draft.ts';
import { KeyForm } from './key-form.tsx';
import { MadeKey } from './made-key.tsx';

/** Where a key is made, and shown: this once. */
export function NewKey() {
  const announce = useAnnounce();
  const { doing, problem, act } = useAct();
  const keyFor = useIdempotencyKey();
  const filled = useFilledForm<KeyDraft>('new-key', newKey);
  const [made, setMade] = useState<NewApiKey>();
  const make = async (draft: KeyDraft) => {
    const body = bodyOf(draft, Date.now());
    const headers = { 'idempotency-key': keyFor(body) }; // where an answer was lost, the same key comes again
    const answer = await act('make', (api) => api.post<NewApiKey>('api/keys', { body, headers }));
    if (!answer) return;
    filled.begin(newKey);
    announce('The key is made.');
    setMade(answer);
  };
  return (
    <Room
      house="keys"
      way={[['API keys', { room: 'keys' }]]}
      title={made ? made.name : 'New key'}
      opening={false}
      problem={undefined}
      onAgain={() => undefined}
    >
      {made ? (
        <MadeKey made={made} onDone={() => go({ room: 'key', key: made.id }, true)} />
      ) : (
        <KeyForm
          filled={filled}
          problem={problem}
          busy={doing !== undefined}
          onSave={(draft) => void make(draft)}
          onLeave={() => goBack({ room: 'keys' })}
        />
      )}
    </Room>
  );
}
