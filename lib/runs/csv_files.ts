import type { z } from "zod";
import type { ManifestRow } from "../datasets/manifest.ts";
import { integer, number, numberOrNull, schemaOf, type Shaped } from "../files/json_shape.ts";
import { formatCsv, parseCsv } from "../files/mod.ts";

/** A kind of file in a run folder: its name, and how what it holds becomes text and is read again. */
export interface RunFile<Content> {
  name: string;
  format(content: Content): string;
  /** @throws {DataError} where the text is none of this kind; names the key or line. */
  parse(text: string, where: string): Content;
}

/** By attribute (`"sex"`), the group (`"female"`) of each recording that it is known of. */
export type RecordingGroups = Record<string, Map<string, string>>;

/** One row a recording, one column an attribute, empty where it isn't known. */
export const groupsFile: RunFile<RecordingGroups> = {
  name: "groups.csv",
  format(groups) {
    const attributes = Object.keys(groups);
    const recordings = [...new Set(attributes.flatMap((name) => [...groups[name].keys()]))].toSorted();
    const rows = recordings.map((recording) => ({
      recording,
      ...Object.fromEntries(attributes.map((name) => [name, groups[name].get(recording) ?? ""])),
    }));
    return formatCsv(rows, ["recording", ...attributes]);
  },
  parse(text, where) {
    const rows = parseCsv(text, where, { marked: true, columns: ["recording"] });
    const attributes = Object.keys(rows[0] ?? {}).filter((name) => name !== "recording");
    const known = (name: string) => rows.filter((row) => row[name] !== "").map((row) => [row.recording, row[name]]);
    return Object.fromEntries(attributes.map((name) => [name, new Map(known(name) as [string, string][])]));
  },
};

/** A sound whose label listeners decided on. */
export interface HeardLabel extends Pick<ManifestRow, "recording" | "start" | "end"> {
  /** The dataset's. */
  given: string;
  /** What was trained on and judged by. */
  used: string;
}

/** One row a sound that listeners decided on, so that no given label is lost. */
export const labelsFile: RunFile<HeardLabel[]> = {
  name: "labels.csv",
  format: (labels) => formatCsv(labels, ["recording", "start", "end", "given", "used"]),
  parse: (text, where) =>
    parseCsv(text, where, { marked: true, columns: ["recording", "given", "used"], numbers: ["start", "end"] })
      .map(({ recording, start, end, given, used }) => (
        { recording, start: Number(start), end: Number(end), given, used }
      )),
};

/** A recording that a run learned from or was judged on, and what it is known by under another name. */
export interface SoundHash {
  recording: string;
  /** As in `predictions.csv`. */
  subject: string;
  /** Hash of its decoded samples: it tells a copy and says nothing else of what is heard. */
  sound: string;
}

/** One row a recording. */
export const soundsFile: RunFile<SoundHash[]> = {
  name: "sounds.csv",
  format: (sounds) => formatCsv(sounds, ["recording", "subject", "sound"]),
  parse: (text, where) =>
    parseCsv(text, where, { marked: true, columns: ["recording", "subject", "sound"] }) as unknown as SoundHash[],
};

/** JSON knows no NaN: a score that an epoch doesn't have is `null` there. */
const figure: z.ZodType<number> = numberOrNull.transform((value) => value ?? NaN);

/** One epoch of one fold, as training tells it: a row of `history.csv`. */
const epoch = {
  fold: integer,
  seed: integer,
  epoch: integer,
  loss: number,
  validationLoss: number,
  validationScore: figure,
  learningRate: number,
  seconds: number,
  samplesPerSecond: number,
};
export type FoldEpoch = Shaped<typeof epoch>;
export const foldEpoch: z.ZodType<FoldEpoch> = schemaOf(epoch);

export const historyFile: RunFile<FoldEpoch[]> = {
  name: "history.csv",
  format: (epochs) => formatCsv(epochs, Object.keys(epoch)),
  parse(text, where) {
    const names = Object.keys(epoch), numbers = names.filter((name) => name !== "validationScore");
    return parseCsv(text, where, { columns: ["validationScore"], numbers }).map((row) =>
      Object.fromEntries(names.map((name) => [name, row[name] === "" ? NaN : Number(row[name])])) as FoldEpoch
    );
  },
};
