/** An SVG path of the envelope, in a box of `columns` by 2, scaled to the loudest sample. */
export function waveformPath(samples: Float32Array, columns = 400): string {
  let peak = 0;
  for (const value of samples) peak = Math.max(peak, Math.abs(value));
  const least: string[] = [], greatest: string[] = [];
  for (let column = 0; column < columns; column++) {
    const start = Math.floor(column * samples.length / columns);
    const end = Math.max(start + 1, Math.floor((column + 1) * samples.length / columns));
    let low = Infinity, high = -Infinity;
    for (let i = start; i < Math.min(end, samples.length); i++) {
      low = Math.min(low, samples[i]);
      high = Math.max(high, samples[i]);
    }
    const y = (value: number) => (1 - (peak > 0 ? value / peak : 0)).toFixed(2);
    if (low > high) continue;
    greatest.push(`${column} ${y(high)}`);
    // A flat piece still has a height, or silence would look like no signal at all.
    least.unshift(`${column} ${y(high - low < 0.02 * peak || peak === 0 ? low - 0.02 * (peak || 1) : low)}`);
  }
  return `M${[...greatest, ...least].join("L")}Z`;
}
