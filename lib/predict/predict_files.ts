import { encoderPackages, ownInputModules } from "../features/mod.ts";
import { readRecordingBytes } from "../audio/mod.ts";
import type { LoadedBundle } from "./load_bundle.ts";
import { mapInOrder } from "./map_in_order.ts";
import { type FilePrediction, type PredictFileOptions, unread } from "./predict_file.ts";
import type { PredictOrder } from "./predict_worker.ts";
import { threadPermissions } from "../runs/threads/thread_permissions.ts";
import { workerCrew } from "../runs/threads/worker_crew.ts";

export interface PredictFilesOptions extends Pick<PredictFileOptions, "evenPoor"> {
  /** What is known of the patient of each file. @default {nothing} */
  attributesOf?: (file: string) => PredictFileOptions["attributes"];
  /** Threads that predict at the same time, each with networks of its own. @default {1} */
  workers?: number;
  /** Aborted, no file is predicted any more: the one that is under way ends in an `AbortError`. */
  signal?: AbortSignal;
  /** Files of encoders that the bundle hears by, which are no part of it. @default {none} */
  encoders?: readonly string[];
}

/** So many files are predicted by one thread before others start: they cost more than they bring to a few. */
const FEW = 8;

/** Files that are on their way for each thread: enough that none waits for a slow neighbour. */
const AHEAD = 4;

/**
 * Predicts files, in their order, in threads that may read nothing but the bundle. A file that can't be read is told as an
 * error and does not end the rest. The predictions do not depend on the number of threads.
 *
 * @throws {DataError} before the first file where the bundle can't be loaded.
 */
export async function* predictFiles(
  { folder }: Pick<LoadedBundle, "folder">,
  files: Iterable<string> | AsyncIterable<string>,
  { workers = 1, signal, encoders: named = [], attributesOf, ...options }: PredictFilesOptions = {},
): AsyncGenerator<FilePrediction> {
  const modules = ownInputModules();
  const encoders = [...named, ...encoderPackages()];
  const crew = workerCrew<PredictOrder, FilePrediction | undefined>(import.meta.resolve("./predict_worker.ts"), {
    workers,
    signal,
    permissions: await threadPermissions([folder, ...encoders], {
      modules,
      packages: ["@echogarden/pffft-wasm/simd"],
      runtime: true,
    }),
    prepare: async (order) => order.file ? { ...order, bytes: await readRecordingBytes(order.file) } : order,
  });
  const predict = async (file: string) => {
    try {
      return (await crew.ask({
        folder,
        modules,
        encoders: named,
        file,
        options: { ...options, attributes: attributesOf?.(file) },
      }))!;
    } catch (error) {
      if (signal?.aborted) throw error;
      return unread(file, error);
    }
  };
  const names = asynchronous(files);
  try {
    await crew.ask({ folder, modules, encoders: named, options });
    for (let count = 0; count < FEW; count++) {
      const { done, value: file } = await names.next();
      if (done) return;
      yield await predict(file);
    }
    yield* mapInOrder(names, predict, { ahead: AHEAD * workers });
  } finally {
    await crew.stop();
  }
}

async function* asynchronous<Item>(items: Iterable<Item> | AsyncIterable<Item>): AsyncGenerator<Item> {
  yield* items;
}
