/** The oldest version whose kernel works as the fence expects: from there on its outputs pass one queue. */
const OLDEST = "2.9.0";

/**
 * @param version Of Deno, e.g. `Deno.version.deno`.
 * @throws {Error} saying which version is needed.
 */
export function requireDeno(version: string): void {
  if (compare(version, OLDEST) >= 0) return;
  throw new Error(
    `This kernel needs Deno ${OLDEST} or newer but runs on ${version}: run "deno upgrade" and restart it.`,
  );
}

function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(/[.+-]/).slice(0, 3).map(Number));
  const at = left.findIndex((part, i) => part !== right[i]);
  return at < 0 ? 0 : left[at] - right[at];
}
