import { InputError } from "../errors/mod.ts";
import type { Engine, EngineName } from "./engine.ts";
import { fasterEngine, trainingSpeed, type Trial } from "./training_speed.ts";
import { slowEngine, webgpuAdapter } from "./webgpu_adapter.ts";

export interface OpenEngineOptions {
  threads: number;
  /** What is to be trained: `auto` then takes an engine that has every layer of it, and the loss. */
  training?: Trial;
}

/** An engine and why it was taken, in one sentence for the run folder. */
export interface OpenedEngine {
  engine: Engine;
  reason: string;
}

/**
 * The engine of this name. `auto` takes the first of `ort`, `wasm` and `cpu` that this machine can run and that can run the
 * training; where a graphics card answers, `ort-webgpu` (or `webgpu`, for what that can't train) if a trial of one second
 * each, on the very network and batch, says that it is faster.
 *
 * @throws {InputError} where the named engine can't run here, or can't run the training.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * const { engine, reason } = await openEngine("cpu", { threads: 1 });
 * expect(engine.name).toBe("cpu");
 * expect(reason).toBe("cpu was asked for.");
 * ```
 */
export async function openEngine(name: EngineName | "auto", options: OpenEngineOptions): Promise<OpenedEngine> {
  if (name !== "auto") {
    const engine = await open(name, options);
    await check(engine, options);
    return { engine, reason: await slowEngine(name) ?? `${name} was asked for.` };
  }
  const { engine, passedOver } = await firstThatRuns(["ort", "wasm", "cpu"], options);
  const because = [...passedOver, `${engine.name} is the fastest engine that runs here without a graphics card`];
  const adapter = await webgpuAdapter();
  if (adapter === undefined) return { engine, reason: sentence(["WebGPU finds no adapter", ...because]) };
  if (adapter.software) {
    return { engine, reason: sentence([`WebGPU finds only the software adapter ${adapter.name}`, ...because]) };
  }
  return await fasterOf(engine, adapter.name, because, options);
}

async function fasterOf(engine: Engine, adapter: string, because: string[], options: OpenEngineOptions) {
  try {
    const { engine: card } = await firstThatRuns(["ort-webgpu", "webgpu"], options);
    const { engine: faster, figures } = await fasterEngine(engine, card, { trial: options.training });
    return { engine: faster, reason: sentence([`${figures}; the graphics card is ${adapter}`]) };
  } catch (error) {
    return { engine, reason: sentence([`the graphics card failed in its trial (${firstLine(error)})`, ...because]) };
  }
}

async function firstThatRuns(names: EngineName[], options: OpenEngineOptions) {
  const passedOver: string[] = [];
  let faster: Engine | undefined;
  for (const name of names) {
    let engine: Engine;
    try {
      engine = await open(name, options);
    } catch (error) {
      passedOver.push(`${name} can't run here (${firstLine(error)})`);
      continue;
    }
    try {
      await check(engine, options);
      return { engine, passedOver: faster ? [...passedOver, await price(faster, engine)] : passedOver };
    } catch (error) {
      // What no engine can train, such as a network without weights, is told as it is.
      if (!(error instanceof InputError)) throw error;
      passedOver.push(`${name} can't train this (${firstLine(error)})`);
      faster ??= engine;
    }
  }
  throw new InputError({ expected: "an engine that runs here", found: passedOver.join(", "), where: "engine" });
}

async function check(engine: Engine, { training }: OpenEngineOptions): Promise<void> {
  if (training) await engine.check(training.model, training.options);
}

/** What it costs to train on the engine that can. */
async function price(faster: Engine, taken: Engine): Promise<string> {
  const [fast, slow] = [await trainingSpeed(faster), await trainingSpeed(taken)];
  return `that costs time: a trial of one second each on a small network gave ${fast.toFixed(0)} samples/s on ` +
    `${faster.name} and ${slow.toFixed(0)} on ${taken.name}`;
}

async function open(name: EngineName, options: OpenEngineOptions): Promise<Engine> {
  if (name === "ort") return await (await import("./ort/mod.ts")).ortEngine(options);
  if (name === "ort-webgpu") return await (await import("./ort/mod.ts")).ortWebgpuEngine();
  return (await import("./tfjs/tfjs_engine.ts")).tfjsEngine(name);
}

function sentence(parts: string[]): string {
  const text = parts.join("; ");
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

function firstLine(error: unknown): string {
  return (error as Error).message.split("\n")[0].replace(/\.$/, "");
}
