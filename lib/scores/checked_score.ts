import { UsageError } from "../errors/mod.ts";
import { type ScoreDefinition, scores } from "./define_score.ts";

/** Sums of shares may end a little beyond them. */
const rounding = 1e-9;

/**
 * The values of a score that somebody brought, looked at before anyone reads them: each a number within its range, or NaN, and
 * the first of them the same when it is asked for again.
 *
 * @throws {UsageError} naming the score and its module, from the returned function.
 */
export function checkedScore(
  { name, range = [0, 1], parts = {} }: ScoreDefinition,
  values: (judged: unknown) => number[],
): (judged: unknown) => number[] {
  const refuse = (expected: string, found: string, cause?: unknown): never => {
    const { module } = scores.find(name);
    throw new UsageError({ expected, found, where: `the score "${name}" of ${module ?? "a notebook's cell"}`, cause });
  };
  const ask = (judged: unknown): number[] => {
    try {
      return values(judged);
    } catch (error) {
      return refuse("a value, or NaN where it doesn't exist", `an error: ${(error as Error)?.message ?? error}`, error);
    }
  };
  const count = 1 + Object.keys(parts).length, [from, to] = range;
  let known = false;
  return (judged) => {
    const found = ask(judged);
    const again = known ? found : ask(judged);
    known = true;
    if (found.length < count) refuse(`${count} values, its own and those of its parts`, `${found.length}`);
    found.forEach((value, i) => {
      if (typeof value !== "number") refuse("a number, or NaN where it doesn't exist", typeof value);
      if (Math.abs(value) === Infinity) refuse("a finite value, or NaN where it doesn't exist", `${value}`);
      if (value < from - rounding || value > to + rounding) refuse(`a value from ${from} to ${to}`, `${value}`);
      if (!Object.is(value, again[i])) refuse("the same value of the same answers", `${value}, then ${again[i]}`);
    });
    return found;
  };
}
