import { TopBar, type House } from '../shell/index.ts';
import style from './arriving.module.css';

/** While the part of the console that has a room is fetched: one may go elsewhere meanwhile. */
export function Arriving({ house }: { house: House | undefined }) {
  return (
    <>
      <TopBar house={house} />
      <main className={style.arriving}>
        <p role="status">Opening …</p>
      </main>
    </>
  );
}
