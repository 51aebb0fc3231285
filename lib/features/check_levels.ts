import { InputError } from "../errors/mod.ts";

/**
 * Refuses levels that are NaN or infinite, which would spread over all that is made of them.
 *
 * @param where Name of the caller, for the message.
 * @throws {InputError}
 */
export function checkLevels(levels: Float32Array, { where }: { where: string }): void {
  const at = levels.findIndex((level) => !Number.isFinite(level));
  if (at < 0) return;
  throw new InputError({ expected: "finite levels", found: `${levels[at]} at value ${at}`, where });
}
