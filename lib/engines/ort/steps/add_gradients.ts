/** Numbers that stay in a processor's nearest memory while all parts are added to them. */
const NEAR = 4096;

/** A run of numbers of a gradient. */
export interface Slice {
  from: number;
  to: number;
}

/** A gradient cut for so many threads. */
export function slicesOf(length: number, threads: number): Slice[] {
  const edges = Array.from({ length: threads + 1 }, (_, i) => Math.round(i * length / threads));
  return edges.slice(1).map((to, i) => ({ from: edges[i], to }));
}

/** Writes the sum of a slice of gradients, added in the order of the parts: no matter who adds it, the bits are the same. */
export function addGradients(parts: readonly Float32Array[], into: Float32Array, { from, to }: Slice): void {
  for (let start = from; start < to; start += NEAR) {
    const end = Math.min(start + NEAR, to);
    into.fill(0, start, end);
    for (const part of parts) for (let i = start; i < end; i++) into[i] += part[i];
  }
}
