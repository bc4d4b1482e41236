import type { ReactNode } from 'react';
import type { Stream, TargetObject } from '../api/index.ts';
import { fieldsOf } from './schema-fields.ts';
import style from './offer-row.module.css';

interface Props {
  offer: Stream | TargetObject;
  facts: readonly string[];
  action?: ReactNode;
}

/** Something that can be read or written: what it is called, how it works, which fields it has. */
export function OfferRow({ offer: { title, name, description, schema }, facts, action }: Props) {
  const fields = fieldsOf(schema);
  return (
    <li className={style.offer}>
      <div className={style.head}>
        <p>
          <b>{title}</b> {title !== name && <code>{name}</code>}
        </p>
        {action}
      </div>
      {description !== undefined && <p>{description}</p>}
      <p className={style.facts}>{facts.join(' · ')}</p>
      {fields.length > 0 && (
        <details>
          <summary>
            {fields.length} {fields.length === 1 ? 'field' : 'fields'}
            <span className="unseen"> of {title}</span>
          </summary>
          <ul className={style.fields}>
            {fields.map(({ path, type, description: said }) => (
              <li key={path}>
                <code>{path}</code> <small>{[type, said].filter(Boolean).join(' · ')}</small>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
