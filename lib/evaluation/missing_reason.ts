import type { JudgedItems } from "../scores/mod.ts";

/** Why a score does not exist for these items. */
export function missingReason(score: string, items: readonly JudgedItems[], classes: readonly string[]): string {
  const truth = new Set(items.flatMap(({ labels }) => [...labels]));
  const [kind, name] = score.split(/\/(.*)/s);
  const c = classes.indexOf(name);
  if (kind === "precision" && c >= 0 && truth.has(c)) return `${name} was never predicted`;
  if (c >= 0 && !truth.has(c)) return `no ${name} in the truth`;
  if (truth.size === 1) return `only ${classes[[...truth][0]]} in the truth`;
  const missing = classes.filter((_, other) => !truth.has(other));
  if (missing.length > 0) return `no ${missing.join(", ")} in the truth`;
  return "0 divided by 0";
}
