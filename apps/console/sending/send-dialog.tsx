import { useState } from 'react';
import type { MailPart, Preview, Template } from '../api/index.ts';
import type { PreviewRequest } from '../preview/index.ts';
import { mayLeave } from '../routing/index.ts';
import { Dialog, Tabs } from '../ui/index.ts';
import { ExportForm } from './export-form.tsx';
import { ShareForm } from './share-form.tsx';
import { TestSendForm } from './test-send-form.tsx';
import { TranslateForm } from './translate-form.tsx';

interface Props {
  template: Template;
  /** The template as the API takes it: what is saved of it, or the draft. */
  asked: Record<string, unknown>;
  /** What the preview is asked for by. */
  request: PreviewRequest;
  /** The mail that the preview shows. */
  mail: Preview | undefined;
  person: string | undefined;
  onClose: () => void;
  onGoTo: (part: MailPart, line: number, column: number) => void;
  onPreflight: () => void;
}

export function SendDialog({
  template,
  asked,
  request,
  mail,
  person = 'Somebody',
  onClose,
  onGoTo,
  onPreflight,
}: Props) {
  const [tab, setTab] = useState<'test' | 'share' | 'export' | 'translate'>('test');
  /** Leaves the dialog for something, unless a tab has to ask first. */
  const leaveFor = (goOn: () => void) => {
    if (mayLeave(goOn)) goOn();
  };
  return (
    <Dialog title="Send and share" size="wide" onClose={() => leaveFor(onClose)}>
      <Tabs
        label="Ways to send"
        chosen={tab}
        onChoose={setTab}
        tabs={[
          { name: 'test', title: 'Test mail', content: <TestSendForm request={request} mail={mail} person={person} /> },
          {
            name: 'share',
            title: 'Link',
            content: <ShareForm template={template.id} request={request} person={person} />,
          },
          {
            name: 'export',
            title: 'Export',
            content: <ExportForm template={template} onPreflight={() => leaveFor(onPreflight)} />,
          },
          {
            name: 'translate',
            title: 'Other platforms',
            content: <TranslateForm asked={asked} onGoTo={(...place) => leaveFor(() => onGoTo(...place))} />,
          },
        ]}
      />
    </Dialog>
  );
}
