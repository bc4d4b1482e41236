import style from './bars.module.css';

interface Props {
  values: readonly number[];
  /** In the colour of what went wrong. */
  marked: readonly boolean[];
}

const [width, height, gap] = [6, 40, 2];

/** A row of bars; what they say is told in words beside them. */
export function Bars({ values, marked }: Props) {
  const greatest = Math.max(...values, 1e-9);
  return (
    <svg
      className={style.bars}
      viewBox={`0 0 ${values.length * (width + gap) - gap} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {values.map((value, i) => {
        const tall = value > 0 || marked[i] ? Math.max(2, (value / greatest) * height) : 0;
        return (
          <rect
            key={i}
            x={i * (width + gap)}
            y={height - tall}
            width={width}
            height={tall}
            data-marked={marked[i] || undefined}
          />
        );
      })}
    </svg>
  );
}
