import { join } from "node:path";
import { cutSegment, readRecording } from "../audio/mod.ts";
import type { AnnotatedEvent, Manifest, ManifestRow } from "../datasets/mod.ts";
import type { TimedEvent } from "../pictures/mod.ts";

/** A segment as one hears it, with what `showAudio` and `plotWaveform` ask for. */
export interface LabelledSound {
  samples: Float32Array;
  /** Hz. */
  sampleRate: number;
  /** Its label and recording. */
  title: string;
  /** What was annotated in it, in seconds from its beginning. */
  events: TimedEvent[];
}

/** Reads the segment of a manifest row. */
export async function labelledSound(row: ManifestRow, { folder, events }: Manifest): Promise<LabelledSound> {
  const { recording, label, start, end } = row;
  const { samples, sampleRate } = await readRecording(join(folder, recording));
  return {
    samples: cutSegment(samples, { sampleRate, start, end }),
    sampleRate,
    title: `${label}: ${recording}`,
    events: eventsWithin(row, events),
  };
}

/** The events that are heard in a stretch of a recording, in seconds from its beginning, cut at its ends. */
export function eventsWithin(
  { recording, start, end }: Pick<AnnotatedEvent, "recording" | "start" | "end">,
  events: readonly AnnotatedEvent[],
): TimedEvent[] {
  return events.filter((event) => event.recording === recording && event.end > start && event.start < end)
    .map((event) => ({
      label: event.label,
      start: Math.max(0, event.start - start),
      end: Math.min(end, event.end) - start,
    }));
}
