import type { Engine, OpenEngineOptions } from "../../engines/mod.ts";
import { CardLostError } from "../../errors/mod.ts";
import type { Run, RunStatus } from "../../runs/mod.ts";
import { fileCheckpoints, sessionOptions } from "../../training/mod.ts";
import { inputShape } from "../../features/mod.ts";
import { buildModel, inOneRow } from "../../models/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";
import { outputsOf, PAIRS } from "../describe/targets.ts";

export interface EngineInUseOptions {
  run: Run;
  /** Takes in where another engine goes on. */
  status: RunStatus;
  threads: number;
  /** What a lost card ends in: the run goes on upon {@linkcode processor}, or stops. @default {"stop"} */
  onCardLoss?: "cpu" | "stop";
  /** Opens the engine that needs no card. */
  processor: () => Promise<Engine>;
  /** Writes the status down. */
  save: () => Promise<void>;
}

/** Trains a network by `way`; where the card is lost and it is wished so, once more from its last checkpoint. */
export type TrainNetwork = <Result>(
  way: (engine: Engine) => Promise<Result>,
  network: { index: number; checkpoints: string },
) => Promise<Result>;

/**
 * What trains the networks of a run, one after the other, by one engine until its card is lost. Each change is written into the
 * status.
 */
export function engineInUse(engine: Engine, options: EngineInUseOptions): TrainNetwork {
  const { run, status, threads, onCardLoss, processor, save } = options;

  async function writeChange(reason: string, { index, checkpoints }: { index: number; checkpoints: string }) {
    const before = status.engineChanges?.at(-1) ?? (await run.config()).engine;
    const { name, description } = engine;
    if (before.name === name && before.description === description && before.threads === threads) return;
    const after = (await fileCheckpoints(checkpoints).load())?.history.length ?? 0;
    const change = { network: index, after, name, description, threads, reason };
    status.engineChanges = [...status.engineChanges ?? [], change];
    await save();
  }

  return async (way, network) => {
    await writeChange("the run was resumed on it", network);
    try {
      return await way(engine);
    } catch (error) {
      if (!(error instanceof CardLostError)) throw error;
      if (onCardLoss !== "cpu") {
        const { command } = await run.config();
        const remedy = `the checkpoint of the last epoch is kept: ${command} --resume goes on once the card is back, ` +
          `${command} --engine ort --other-engine without it`;
        throw new CardLostError({ ...error.problem, remedy, cause: error.cause });
      }
      const { found, where } = error.problem;
      const lost = `the graphics card was lost${where ? ` in ${where}` : ""}: ${found}`;
      engine = await processor();
      console.error(`warning: ${lost}; ${engine.name} goes on from the last checkpoint.`);
      await writeChange(lost, network);
      return await way(engine);
    }
  };
}

/**
 * What an engine is asked whether it can, and how fast; nothing where frames are learned, of which it is asked later, unless
 * they are in a precision that few engines have.
 */
export async function trainingToTry(experiment: Experiment, classes: number): Promise<OpenEngineOptions["training"]> {
  const { model, input, training, targets } = experiment;
  const framed = targets?.kind === "frames" ? Object.keys(targets.classes).length : undefined;
  if (framed !== undefined && training.precision !== "mixed") return undefined;
  const shape = { ...inputShape(input), classes: framed ?? outputsOf(experiment, classes), seed: 0 };
  if (framed === undefined) {
    const options = sessionOptions(targets ? { ...training, ...PAIRS } : training, { seed: 0 });
    return { model: await buildModel(model, shape), options };
  }
  const loss = { kind: "by-frame", of: training.loss, classes: framed } as const;
  const network = await inOneRow(await buildModel(model, { ...shape, byFrame: true }));
  return { model: network, options: sessionOptions({ ...training, loss }, { seed: 0 }) };
}
