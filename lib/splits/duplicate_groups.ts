/**
 * The recordings that hold the same samples: for {@linkcode planFolds} and {@linkcode assertNoLeak}.
 *
 * @param hashes Hash of the samples of each recording.
 * @returns Lists of two or more recordings, sorted.
 */
export function duplicateGroups(hashes: ReadonlyMap<string, string>): string[][] {
  const byHash = new Map<string, string[]>();
  for (const [recording, hash] of hashes) byHash.set(hash, [...byHash.get(hash) ?? [], recording].sort());
  return [...byHash.values()].filter((group) => group.length > 1).sort(([a], [b]) => a < b ? -1 : 1);
}
