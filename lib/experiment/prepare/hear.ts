// Runs in the threads that decode: it loads no more than it needs.
import { cutSegment } from "../../audio/cut_segment.ts";
import { signalQuality } from "../../audio/signal_quality.ts";
import { comparableSound } from "../../datasets/find_near_duplicates.ts";
import { AuscultError } from "../../errors/mod.ts";
import { soundDescriptor } from "../../rejection/sound_descriptor.ts";
import type { FeaturePreset, SoundingRecording } from "../../features/mod.ts";
import { factsPath, keepFacts, type ListenSettings, type RecordingDescription } from "./kept_facts.ts";
import { silenceFeatures } from "./silence_features.ts";

/** What is asked for where recordings are compared. */
export const THUMBNAIL = "thumbnail";

/** Limits that no probability exceeds: what is unusable then has a fault. */
const FAULTS_ALONE = { poor: 1, unusable: 1 };

/** Keeps all that is asked of a recording, while its samples are there. */
export async function hear(sound: SoundingRecording, given: unknown): Promise<void> {
  const settings = given as ListenSettings;
  const { hash, samples, sampleRate, segments } = sound;
  const comparable = comparableSound(samples, sampleRate);
  const thumbnail = comparable ? new Uint8Array(comparable.signal.buffer).toBase64() : "";
  await keepFacts(factsPath(settings, hash), comparable?.hash ?? null);
  await keepFacts(factsPath(settings, hash, THUMBNAIL), thumbnail);
  const { by } = settings;
  if (by === undefined) return;
  const preset = by.preset as unknown as FeaturePreset;
  const { probability, verdict } = signalQuality(samples, { sampleRate, sound: by.sound, usual: FAULTS_ALONE });
  const descriptor = soundDescriptor(samples, { sampleRate, preset });
  const heard: RecordingDescription = {
    descriptor: descriptor && Array.from(descriptor),
    poor: probability,
    faulty: verdict === "unusable",
    silence: segments.map((segment) => silenceOf(sound, segment)),
  };
  await keepFacts(factsPath(settings, hash, askedOf(by, segments)), heard);
}

/** What decides the answer beside the sound. */
export function askedOf(by: ListenSettings["by"], segments: SoundingRecording["segments"]): unknown {
  return [by, segments.map(({ start, end }) => [start, end])];
}

function silenceOf(
  { samples, sampleRate }: SoundingRecording,
  { start, end }: { start: number; end: number },
): number[] | null {
  try {
    return [...silenceFeatures(cutSegment(samples, { sampleRate, start, end }), { sampleRate })];
  } catch (error) {
    if (error instanceof AuscultError) return null; // the features' own list says why
    throw error;
  }
}
