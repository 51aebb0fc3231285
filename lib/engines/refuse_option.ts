import { UsageError } from "../errors/mod.ts";
import type { EngineName } from "./engine.ts";

/** What float16 wants. */
export const MIXED = {
  option: "precision mixed",
  instead: "--engine ort-webgpu on a graphics card with float16 arithmetic",
};

/**
 * Refuses an option of a training that an engine has not.
 *
 * @throws {UsageError}
 */
export function refuseOption(engine: EngineName, { option, instead }: { option: string; instead: string }): never {
  throw new UsageError({
    expected: `a training that the engine ${engine} can run`,
    found: `training.${option}`,
    remedy: `leave it out, or use ${instead}`,
  });
}
