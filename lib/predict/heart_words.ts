import type { HeartSummary } from "./sound_prediction.ts";

/** What the heart does, as one phrase. */
export function heartWords({ heartRate, systolicInterval, murmur, reason }: HeartSummary): string {
  if (heartRate === null || systolicInterval === null) return `no rate: ${reason}`;
  const rhythm = `${Math.round(heartRate)} beats a minute, ${systolicInterval.toFixed(2)} s from S1 to S2`;
  return murmur === null ? rhythm : `${rhythm}; a sound between them like a ${murmur} murmur`;
}
