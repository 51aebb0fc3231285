import type { z } from "zod";
import { checked } from "../../errors/mod.ts";
import { withUnknownParts } from "../../parts/mod.ts";
import type { Run } from "../../runs/mod.ts";
import { experimentSchema } from "./experiment_schema.ts";

/**
 * What the experiment of a run says, with every default filled in; own parts need not be there.
 *
 * @throws {DataError} where another version wrote it otherwise.
 */
export function asRan<T extends z.ZodType>(run: Run, schema: T, said: unknown): z.output<T> {
  const problem = { expected: "an experiment of this version of Auscult", where: run.path("config.json") };
  return withUnknownParts(() => checked(schema, said, problem));
}

/** The name that a run is to have. @throws {DataError} for one that is no path below `results/`. */
export function runName(name: string): string {
  const expected = "a name of letters, digits, dashes and slashes";
  return checked(experimentSchema.shape.name, name, { expected, where: "--name" });
}
