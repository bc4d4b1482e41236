import { useState } from 'react';
import style from './mail-frame.module.css';

export interface MailLook {
  width: 'desktop' | 'mobile';
  dark: boolean;
  images: boolean;
}

interface Props {
  /** The mail's own address. */
  src: string;
  title: string;
  look: MailLook;
  /** The mail has a style of its own for dark mode. */
  knowsDark: boolean;
}

/**
 * The mail in a frame without scripts, forms, pop-ups and navigation; its links do nothing. The next mail loads behind the present one
 * and takes its place when it is there, so that nothing flickers while somebody types.
 */
export function MailFrame({ src, title, look, knowsDark }: Props) {
  const [shown, setShown] = useState(src);
  const frames = shown === src ? [src] : [shown, src];
  const dark = look.dark ? (knowsDark ? style.dark : style.inverted) : '';
  return (
    <>
      {look.dark && !knowsDark && (
        <p className={style.note}>
          This mail has no dark style of its own: some mail programs turn its colours over, about like this.
        </p>
      )}
      <div className={`${style.stage} ${style[look.width]} ${dark}`}>
        {frames.map((frame) => (
          <iframe
            key={frame}
            src={frame}
            title={frame === shown ? title : 'The next preview'}
            sandbox=""
            referrerPolicy="no-referrer"
            inert={frame !== shown}
            className={frame === shown ? style.shown : style.coming}
            onLoad={() => frame === src && setShown(src)}
          />
        ))}
      </div>
    </>
  );
}
