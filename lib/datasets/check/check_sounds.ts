import { readRecording, recordingHeader } from "../../audio/mod.ts";
import { hashBytes } from "../../files/mod.ts";
import type { CheckDatasetOptions, DatasetFinding } from "../check_dataset.ts";
import { type DatasetFiles, eachOf } from "../files/dataset_files.ts";
import { AuscultError } from "../../errors/mod.ts";

/** What the recordings say of themselves. */
export interface CheckedSounds {
  findings: DatasetFinding[];
  seconds: Map<string, number>; // length of each, s
  rates: Map<string, number>; // sampling rate of each, Hz
}

/**
 * Decodes every recording: what can't be, what is silent, what is there twice; and how long each is.
 *
 * @param options `labels`: all labels of a recording, to be compared between duplicates.
 */
export async function checkSounds(
  files: DatasetFiles,
  { labels, onProgress }: Pick<CheckDatasetOptions, "onProgress"> & { labels: ReadonlyMap<string, string> },
): Promise<CheckedSounds> {
  const findings: DatasetFinding[] = [];
  const rates = new Map<string, number>(), seconds = new Map<string, number>();
  const byHash = new Map<string, string[]>();
  for (const [index, path] of files.recordings.entries()) {
    try {
      const { samples, duration, sampleRate, notes } = await readRecording(`${files.folder}/${path}`);
      seconds.set(path, duration);
      rates.set(path, sampleRate);
      if (samples.every((value) => value === samples[0])) {
        findings.push({ kind: "damaged", path, message: "holds nothing but silence" });
      } else {
        const hash = hashBytes(samples);
        byHash.set(hash, [...byHash.get(hash) ?? [], path]);
      }
      for (const message of notes) findings.push({ kind: "note", path, message });
    } catch (error) {
      findings.push({ kind: "damaged", path, message: `can't be decoded: ${(error as Error).message}` });
    }
    onProgress?.(index + 1, files.recordings.length);
  }
  for (const [first, ...others] of byHash.values()) {
    for (const path of others) {
      const same = `holds the same samples as ${first}`;
      findings.push(
        labels.get(path) === labels.get(first)
          ? { kind: "duplicate", path, message: same }
          : { kind: "mislabelled", path, message: `${same}, under another label` },
      );
    }
  }
  return { findings, seconds, rates };
}

const LOOKED_AT = 1000; // headers that are read: they tell which rates there are, and each is a file to open

/** What the headers of some recordings say, evenly drawn, those that say nothing left out; nothing is decoded. */
export async function checkHeaders({ recordings, folder }: DatasetFiles): Promise<CheckedSounds> {
  const findings: DatasetFinding[] = [];
  const seconds = new Map<string, number>(), rates = new Map<string, number>();
  const step = Math.max(1, recordings.length / LOOKED_AT);
  const some = Array.from({ length: Math.floor(recordings.length / step) }, (_, i) => recordings[Math.floor(i * step)]);
  await eachOf(some, async (path) => {
    try {
      const header = await recordingHeader(`${folder}/${path}`);
      if (header === undefined) return;
      seconds.set(path, header.frames / header.sampleRate);
      rates.set(path, header.sampleRate);
    } catch (error) {
      if (!(error instanceof AuscultError)) throw error;
      findings.push({ kind: "damaged", path, message: `can't be read: ${error.message}` });
    }
  });
  return { findings, seconds, rates };
}
