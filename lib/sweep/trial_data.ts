import { LeakError } from "../errors/mod.ts";
import { extractFeatures, labelledWindows, prepareData } from "../experiment/mod.ts";
import type { Experiment, LabelledWindows, PreparedData } from "../experiment/mod.ts";
import type { Fold } from "../splits/mod.ts";
import type { FeatureStore } from "../features/mod.ts";
import { sweepProtocol } from "./sweep_protocol.ts";

export interface TrialDataOptions {
  /** Of the folds. */
  seed: number;
  /** Where features are kept. @default {"data/.features"} */
  cacheFolder?: string;
}

/** What the trials of one worker are trained on, read once and kept from one to the next. */
export interface TrialData {
  /**
   * Rows and folds of an experiment.
   *
   * @throws {DataError | LeakError} as {@linkcode prepareData}.
   */
  prepare(experiment: Experiment): Promise<PreparedData>;
  /** The windows of its rows, those of the outer test part closed. */
  windows(experiment: Experiment, options?: { signal?: AbortSignal }): Promise<LabelledWindows>;
  close(): void;
}

/** Inputs whose windows stay open: some files each. */
const INPUTS = 4;

/**
 * Reads a dataset's folder for trials, one of which is trained at a time. What changes in the folder meanwhile is not
 * seen: all trials of a worker are judged on the same recordings.
 */
export function trialData(folder: string, { seed, cacheFolder }: TrialDataOptions): TrialData {
  const prepared = new Map<string, PreparedData>();
  const opened = new Map<string, { store: FeatureStore; windows: LabelledWindows }>(); // the latest at the end
  const prepare = async (experiment: Experiment) => {
    const protocol = sweepProtocol(experiment.evaluation.protocol);
    const key = rowsKey(experiment);
    const data = prepared.get(key) ?? await prepareData(experiment, { data: folder, seed, cacheFolder, protocol });
    prepared.set(key, data);
    return data;
  };
  return {
    prepare,
    async windows(experiment, { signal } = {}) {
      const { manifest, folds } = await prepare(experiment);
      const key = JSON.stringify([rowsKey(experiment), experiment.input]);
      let found = opened.get(key);
      if (found === undefined) {
        const store = await extractFeatures(manifest, experiment.input, { cacheFolder, signal });
        found = { store, windows: closedWindows(labelledWindows(store, manifest), folds) };
      }
      opened.delete(key);
      opened.set(key, found);
      const [oldest] = opened;
      if (opened.size > INPUTS) {
        opened.delete(oldest[0]);
        oldest[1].store.close();
      }
      return found.windows;
    },
    close() {
      for (const { store } of opened.values()) store.close();
      opened.clear();
    },
  };
}

/** All that decides the rows of an experiment and who of them stands on which side. */
function rowsKey(
  { dataset, initial, training: { subjectShare }, evaluation: { leaks, protocol } }: Experiment,
): string {
  return JSON.stringify([dataset, initial, subjectShare, leaks, protocol]);
}

/**
 * The same windows without those of the outer test part: whatever a trial does, it can't read them. Their labels are hidden
 * as well.
 *
 * @throws {LeakError} from `read` and `of`, for a row that some fold tests.
 */
export function closedWindows(windows: LabelledWindows, folds: readonly Fold[]): LabelledWindows {
  const closed = new Set(folds.flatMap(({ test }) => [...test]));
  const refuse = (row: number): never => {
    const expected = "a sweep to leave the outer test part alone";
    const remedy = "choose on inner validation; the test part is opened once, for the winner";
    throw new LeakError({ expected, found: `a trial that reads row ${row} of it`, where: "the manifest", remedy });
  };
  return {
    ...windows,
    labels: windows.labels.map((label, window) => closed.has(windows.rows[window]) ? -1 : label),
    read(window, into, offset) {
      if (closed.has(windows.rows[window])) refuse(windows.rows[window]);
      windows.read(window, into, offset);
    },
    of(rows) {
      for (const row of rows) if (closed.has(row)) refuse(row);
      return windows.of(rows);
    },
  };
}
