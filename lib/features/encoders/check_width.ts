import { PartFault } from "../open_input.ts";

/**
 * Says where an encoder gives rows of other lengths than its description says: they would be cut elsewhere.
 *
 * @throws {PartFault}
 */
export function checkWidth(
  [, ...sides]: readonly (number | null)[],
  { width, file }: { width: number; file: string },
): void {
  const found = sides.findLast((side) => side !== 1) ?? 1;
  if (found === width) return;
  throw new PartFault({
    expected: `embeddings or frames of ${width} numbers`,
    found: `${found} (an output [n, ${sides.join(", ")}])`,
    where: file,
    remedy: "let dimension, or bands of its front end, say what it gives",
  });
}
