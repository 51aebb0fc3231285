/** A file of a run as it is written now: earlier versions called the bands of a window, of one channel, `nMels`. */
export function inBands(raw: unknown): unknown {
  if (typeof raw !== "object" || raw === null || !("nMels" in raw)) return raw;
  const { nMels: bands, ...rest } = raw;
  return { ...rest, bands, channels: 1 };
}
