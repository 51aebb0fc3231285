import { AuscultError, UsageError } from "../../errors/mod.ts";
import { resolveExperiment } from "./define_experiment.ts";
import type { ExperimentDescription } from "./experiment_schema.ts";
import type { SearchSpace } from "./search_space.ts";

/**
 * Tries the ends or choices of each dimension of a space on the experiment, as a trial would.
 *
 * @param assignments `--set` overrides that all trials share.
 * @throws {UsageError} for a key that the experiment doesn't have, or a value that can't stand there.
 */
export function checkSpace(description: ExperimentDescription, assignments: readonly string[]): void {
  const { space } = resolveExperiment(description, assignments);
  for (const key of Object.keys(space)) {
    const dimension = space[key];
    const extremes = dimension.kind === "categorical" ? dimension.choices : [dimension.low, dimension.high];
    for (const value of extremes) {
      const asked = { ...conditionsOf(key, space), [key]: value };
      const inOrder = Object.keys(space).filter((other) => Object.hasOwn(asked, other));
      try {
        resolveExperiment(description, [
          ...assignments,
          ...inOrder.map((one) => `${one}=${JSON.stringify(asked[one])}`),
        ]);
      } catch (error) {
        if (!(error instanceof AuscultError)) throw error;
        const where = `${error.problem.where}, which the search space sets to ${JSON.stringify(value)} as ${key}`;
        throw new UsageError({ ...error.problem, where, remedy: "correct the space in the experiment's file" });
      }
    }
  }
}

/** Values of other dimensions under which this one is asked for. */
function conditionsOf(key: string, space: SearchSpace): Record<string, unknown> {
  const own = Object.entries(space[key].when ?? {}).map(([other, [value]]) => [other, value] as const);
  return Object.assign({}, ...own.map(([other]) => conditionsOf(other, space)), Object.fromEntries(own));
}
