import { DataError } from "../../errors/mod.ts";

/**
 * What a network gave for some windows: one finite number a class and window.
 *
 * @throws {DataError} for anything else: it would shift or empty every answer.
 */
export function checkLogits(
  logits: unknown,
  { count, classes, where }: { count: number; classes: number; where: string },
): Float32Array {
  const refuse = (found: string): never => {
    const expected = `${count} times ${classes} finite numbers of the network`;
    const remedy = "copy the whole run folder again, or run the experiment again";
    throw new DataError({ expected, found, where, remedy });
  };
  if (!(logits instanceof Float32Array)) return refuse("numbers of another type");
  if (logits.length !== count * classes) return refuse(`${logits.length} numbers`);
  return logits.every(Number.isFinite) ? logits : refuse("some that are not finite");
}
