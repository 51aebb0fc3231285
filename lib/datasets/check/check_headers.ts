import { recordingHeader } from "../../audio/mod.ts";
import { AuscultError } from "../../errors/mod.ts";
import type { DatasetFinding } from "../check_dataset.ts";
import type { DatasetFiles } from "../files/dataset_files.ts";
import { eachOf } from "../files/each_of.ts";
import type { CheckedSounds } from "./check_sounds.ts";

/** Headers that are read: they tell which rates there are, and each is a file to open. */
const LOOKED_AT = 1000;

/** What the headers of some recordings say, evenly drawn, those that say nothing left out; nothing is decoded. */
export async function checkHeaders({ recordings, folder }: DatasetFiles): Promise<CheckedSounds> {
  const findings: DatasetFinding[] = [];
  const seconds = new Map<string, number>();
  const rates = new Map<string, number>();
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
