import { isOwn } from "../parts/mod.ts";
import { inputs } from "./define_input.ts";

/** URLs of the modules that define somebody's own inputs here: a thread that hears by them has to import them too. */
export function ownInputModules(): string[] {
  return inputs.all().filter(isOwn).flatMap(({ module }) => module ?? []);
}
