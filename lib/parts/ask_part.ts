import { AuscultError, InputError } from "../errors/mod.ts";
import type { PartKind } from "./part_kind.ts";

/** Where a part comes from, for sentences: `the loss "mine" of file:///…/losses.ts`. */
export function partPlace(kind: PartKind<object>, name: string): string {
  const { module = "a notebook's cell" } = kind.find(name);
  return `${kind.noun.replace(/^an? /, "the ")} "${name}" of ${module}`;
}

/**
 * What a part's function gives.
 *
 * @param expected What it is asked for: `"apply() to change an example"`.
 * @throws {InputError} naming the part and its module where it fails.
 */
export function askPart<T>(
  kind: PartKind<object>,
  { name, expected }: { name: string; expected: string },
  ask: () => T,
): T {
  const fail = (error: unknown): never => {
    if (error instanceof AuscultError) throw error;
    const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new InputError({ expected, found: said.split("\n")[0], where: partPlace(kind, name), cause: error });
  };
  try {
    const answer = ask();
    return answer instanceof Promise ? answer.catch(fail) as T : answer;
  } catch (error) {
    return fail(error);
  }
}
