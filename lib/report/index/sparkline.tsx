/**
 * A line from 0 to 1, so that rows can be compared at a glance, or from the least to the highest where values lie beyond
 * (costs, log loss); nothing where there are fewer than two values.
 */
export function Sparkline({ values, what }: { values: number[]; what: string }) {
  if (values.length < 2) return null;
  const least = Math.min(...values), highest = Math.max(...values);
  const [low, high] = least >= 0 && highest <= 1 ? [0, 1] : [least, highest];
  const height = (value: number) => 24 * (high - value) / (high - low || 1);
  const points = values.map((value, i) => `${(100 * i / (values.length - 1)).toFixed(1)},${height(value).toFixed(1)}`);
  const label = `${what}, from ${values[0].toFixed(2)} to ${values.at(-1)!.toFixed(2)}`;
  return (
    <svg class="spark" viewBox="0 0 100 24" preserveAspectRatio="none" role="img" aria-label={label}>
      <polyline points={points.join(" ")} />
    </svg>
  );
}
