import { writeAtomic } from "../files/mod.ts";
import type { SessionState } from "../engines/mod.ts";
import type { HistoryRow } from "./history.ts";
import { formatSafetensors, parseSafetensors } from "./safetensors.ts";

/** All that a training needs to go on with the same bits. What is random follows from the seed, the epoch and the batch. */
export interface Checkpoint {
  /** Of the training's options, seed and windows: another training's checkpoint is refused. */
  fingerprint: string;
  /** The session now. */
  session: SessionState;
  /** One row an epoch done. */
  history: HistoryRow[];
  /** Batches done of the epoch after them. */
  batches: number;
  /** Sum of the losses of these batches, each times its examples. */
  lossSum: number;
  /** The session after the best epoch; none before the first. */
  best?: { epoch: number; session: SessionState };
  /** How the training ended, where it did. */
  ended?: "finished" | "early-stopped";
}

/** Where a training keeps its checkpoint. */
export interface CheckpointStore {
  save(checkpoint: Checkpoint): Promise<void>;
  /** The last one saved; none where there is none. */
  load(): Promise<Checkpoint | undefined>;
}

const LAST = "last.safetensors";

/**
 * Checkpoints as safetensors files in a folder: `last` with the session now, `best-EPOCH` with the best. `last` is written
 * after the best that it names, each atomically: a process killed at any point leaves a whole pair.
 */
export function fileCheckpoints(folder: string): CheckpointStore {
  const bestName = (epoch: number) => `best-${epoch}.safetensors`;
  let kept: number | undefined;

  return {
    async save({ session, best, ...rest }) {
      if (best !== undefined && best.epoch !== kept) {
        await writeAtomic(`${folder}/${bestName(best.epoch)}`, format(best.session, {}));
      }
      await writeAtomic(`${folder}/${LAST}`, format(session, { ...rest, bestEpoch: best?.epoch }));
      if (best === undefined || best.epoch === kept) return;
      for await (const { name } of Deno.readDir(folder)) {
        if (name.startsWith("best-") && name !== bestName(best.epoch)) await Deno.remove(`${folder}/${name}`);
      }
      kept = best.epoch;
    },

    async load() {
      const last = await read(`${folder}/${LAST}`);
      if (last === undefined) return undefined;
      const { bestEpoch, ...rest } = last.note as Omit<Checkpoint, "session" | "best"> & { bestEpoch?: number };
      const best = bestEpoch === undefined ? undefined : await read(`${folder}/${bestName(bestEpoch)}`);
      return { ...rest, session: last.session, best: best && { epoch: bestEpoch!, session: best.session } };
    },
  };
}

function format({ arrays, step }: SessionState, note: object): Uint8Array {
  return formatSafetensors({ arrays, metadata: { step: String(step), note: JSON.stringify(note) } });
}

async function read(path: string): Promise<{ session: SessionState; note: unknown } | undefined> {
  const bytes = await Deno.readFile(path).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  if (bytes === undefined) return undefined;
  const { arrays, metadata } = parseSafetensors(bytes, path);
  return { session: { arrays, step: Number(metadata.step) }, note: JSON.parse(metadata.note) };
}
