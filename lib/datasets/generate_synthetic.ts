import { encodeWav } from "../audio/mod.ts";
import { DataError, UsageError } from "../errors/mod.ts";
import { formatCsv, writeAtomic } from "../files/mod.ts";
import type { DescribedRecording, SyntheticSettings } from "./synthetic/synthetic_dataset.ts";
import { SYNTHETIC_SAMPLE_RATE, syntheticDataset } from "./synthetic/synthetic_dataset.ts";

/** Options of {@linkcode generateSynthetic}; the defaults are {@linkcode SYNTHETIC_DEFAULTS}. */
export interface GenerateSyntheticOptions extends Partial<SyntheticSettings> {
  /** Told after each recording. */
  onProgress?: (done: number, total: number) => void;
}

/** 480 recordings of 60 people, an hour in all; 6 in 100 are unusable. */
export const SYNTHETIC_DEFAULTS: SyntheticSettings = {
  ...{ seed: 0, subjects: 60, kind: "both", recordings: 4, heartSeconds: 5, lungSeconds: 10, unusable: 0.06 },
};

const MARK = "synthetic.json"; // says that a folder is this function's and may be written over

/**
 * Writes a made-up dataset of heart and lung sounds: `recordings/*.wav` (4 kHz, 16 bit), `events.csv`, `manifest.csv`.
 * The same seed and options give the same bytes. `manifest.csv` comes last, so a killed process leaves no dataset.
 *
 * @throws {DataError} for a folder that holds something else.
 *
 * @example Eight recordings of two hearts
 * ```ts
 * import { expect } from "expect";
 * import { generateSynthetic, loadDataset } from "./mod.ts";
 * const folder = await Deno.makeTempDir();
 * await generateSynthetic(folder, { subjects: 2, kind: "heart", unusable: 0 });
 * const { rows } = await loadDataset("synthetic", { folder, task: "murmur-2" });
 * expect(rows.length).toBe(8);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function generateSynthetic(folder: string, options: GenerateSyntheticOptions = {}): Promise<void> {
  const { onProgress, ...chosen } = options;
  const settings = { ...SYNTHETIC_DEFAULTS, ...chosen };
  checkSettings(settings);
  await clear(folder);
  await writeAtomic(`${folder}/${MARK}`, `${JSON.stringify({ version: 1, ...settings })}\n`);

  const total = settings.subjects * settings.recordings * (settings.kind === "both" ? 2 : 1);
  const rows: object[] = [], events: object[] = [];
  let done = 0;
  for (const described of syntheticDataset(settings)) {
    const recording = `recordings/${described.subject.id}_${described.kind}_${described.site}.wav`;
    await writeAtomic(`${folder}/${recording}`, encodeWav(described.samples, { sampleRate: SYNTHETIC_SAMPLE_RATE }));
    rows.push(...described.segments.map((segment) => manifestRow(recording, { ...described, ...segment })));
    events.push(...described.events.map(({ start, end, label }) => ({ recording, ...times(start, end), label })));
    onProgress?.(++done, total);
  }
  await writeAtomic(`${folder}/events.csv`, formatCsv(events, ["recording", "start", "end", "label"]));
  await writeAtomic(`${folder}/manifest.csv`, formatCsv(rows));
}

function manifestRow(recording: string, described: DescribedRecording & DescribedRecording["segments"][number]) {
  const { kind, subject: { id: subject, age, sex, device }, site, fault, label, start, end } = described;
  const quality = { quality: fault ? "poor" : "good", fault: fault ?? "" };
  return { recording, subject, ...times(start, end), label, source: device, kind, ...quality, age, sex, site, device };
}

/** Milliseconds are enough, and no number gets a tail of digits. */
function times(start: number, end: number) {
  return { start: Number(start.toFixed(3)), end: Number(end.toFixed(3)) };
}

function checkSettings(settings: SyntheticSettings) {
  const refuse = (name: keyof SyntheticSettings, expected: string) => {
    throw new UsageError({ expected, found: String(settings[name]), where: `${name} of generateSynthetic()` });
  };
  if (!Number.isInteger(settings.seed)) refuse("seed", "a whole number");
  if (!Number.isInteger(settings.subjects) || settings.subjects < 1) refuse("subjects", "a whole number from 1");
  if (!["heart", "lung", "both"].includes(settings.kind)) refuse("kind", "heart, lung or both");
  if (![1, 2, 3, 4].includes(settings.recordings)) refuse("recordings", "1 to 4, one a site");
  if (!(settings.heartSeconds >= 1)) refuse("heartSeconds", "at least 1 second");
  if (!(settings.lungSeconds >= 6)) refuse("lungSeconds", "at least 6 seconds, which hold a breath");
  if (!(settings.unusable >= 0 && settings.unusable <= 1)) refuse("unusable", "a share from 0 to 1");
}

/** Takes away an earlier made-up dataset, and nothing else. */
async function clear(folder: string) {
  let names: string[];
  try {
    names = [...Deno.readDirSync(folder)].map(({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    const found = error instanceof Deno.errors.NotADirectory ? "a file" : (error as Error).message;
    throw new DataError({ expected: "a folder for the synthetic dataset", found, where: folder, cause: error });
  }
  if (names.length > 0 && !names.includes(MARK)) {
    const expected = "an empty folder or an earlier synthetic dataset", found = `other files (${names[0]}, …)`;
    throw new DataError({ expected, found, where: folder, remedy: "choose another folder" });
  }
  for (const name of ["manifest.csv", "events.csv", "recordings", MARK]) {
    await Deno.remove(`${folder}/${name}`, { recursive: true }).catch(() => {});
  }
}
