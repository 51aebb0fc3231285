/** A line from 0 to 1, so that rows can be compared at a glance; nothing where there are fewer than two values. */
export function Sparkline({ values, what }: { values: number[]; what: string }) {
  if (values.length < 2) return null;
  const points = values.map((value, i) =>
    `${(100 * i / (values.length - 1)).toFixed(1)},${(24 * (1 - Math.max(0, Math.min(1, value)))).toFixed(1)}`
  );
  const label = `${what}, from ${values[0].toFixed(2)} to ${values.at(-1)!.toFixed(2)}`;
  return (
    <svg class="spark" viewBox="0 0 100 24" preserveAspectRatio="none" role="img" aria-label={label}>
      <polyline points={points.join(" ")} />
    </svg>
  );
}
