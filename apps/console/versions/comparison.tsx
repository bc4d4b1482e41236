import { lazy, Suspense } from 'react';
import { draftFields, type Draft } from '../drafts/index.ts';
import { Boundary } from '../ui/index.ts';
import style from './comparison.module.css';

const Difference = lazy(() => import('./difference.tsx'));
const titles: Record<keyof Draft, string> = {
  name: 'Name',
  subject: 'Subject',
  preheader: 'Preheader',
  fromName: 'From',
  replyTo: 'Answers to',
  format: 'Format',
  source: 'Body',
  text: 'Plain text',
  channel: 'Channel',
  purpose: 'Purpose',
};

interface Props {
  before: Draft;
  after: Draft;
}

/** What changed from one state of a template to another, part by part. */
export function Comparison({ before, after }: Props) {
  const changed = draftFields.filter((field) => before[field] !== after[field]);
  if (changed.length === 0) return <p className={style.same}>They are the same.</p>;
  return (
    <>
      {changed.map((field) => (
        <section key={field} className={style.part}>
          <h3>{titles[field]}</h3>
          <Boundary what="The comparison">
            <Suspense fallback={<p className={style.same}>Comparing …</p>}>
              <Difference before={before[field]} after={after[field]} label={`Changes of ${titles[field]}`} />
            </Suspense>
          </Boundary>
        </section>
      ))}
    </>
  );
}
