import type { LoadedBundle } from "./load_bundle.ts";
import { mapInOrder } from "./map_in_order.ts";
import { type FilePrediction, predictFile, type PredictFileOptions } from "./predict_file.ts";
import type { PredictOrder } from "./predict_worker.ts";
import { workerCrew } from "./worker_crew.ts";

/** Options of {@linkcode predictFiles}. */
export interface PredictFilesOptions extends PredictFileOptions {
  /** Threads that predict at the same time, each with networks of its own. @default {1} */
  workers?: number;
}

/** So many files are predicted before workers start: they cost more than they bring to a few. */
const FEW = 8;

/** Files that are on their way for each worker: enough that none waits for a slow neighbour, few enough for memory. */
const AHEAD = 4;

/**
 * Predicts files, in their order; so many are in memory as are on their way. A file that can't be read is told as an
 * error and does not end the rest. The predictions do not depend on the number of workers.
 */
export async function* predictFiles(
  predictor: LoadedBundle,
  files: Iterable<string> | AsyncIterable<string>,
  { workers = 1, ...options }: PredictFilesOptions = {},
): AsyncGenerator<FilePrediction> {
  const names = asynchronous(files);
  for (let count = 0; workers === 1 || count < FEW; count++) {
    const { done, value: file } = await names.next();
    if (done) return;
    yield await predictFile(predictor, file, options);
  }
  const crew = workerCrew<PredictOrder, FilePrediction>(import.meta.resolve("./predict_worker.ts"), { workers });
  const { folder } = predictor;
  try {
    yield* mapInOrder(
      names,
      (file) =>
        crew.ask({ folder, file, options })
          .catch((error: Error) => ({ file, error: `${file} could not be judged: ${error.message}.` })),
      { ahead: AHEAD * workers },
    );
  } finally {
    await crew.stop();
  }
}

async function* asynchronous<Item>(items: Iterable<Item> | AsyncIterable<Item>): AsyncGenerator<Item> {
  yield* items;
}
