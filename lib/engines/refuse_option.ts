import { UsageError } from "../errors/mod.ts";
import type { EngineName } from "./engine.ts";

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
