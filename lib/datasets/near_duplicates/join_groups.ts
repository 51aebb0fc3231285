/**
 * Groups from pairs that belong together (union-find with path halving; Tarjan 1975, J ACM 22:215).
 *
 * @returns The first name in order of each name's group: `"3"` for `"7"` where the pairs join 3, 5 and 7; a name that
 * no pair holds is its own group.
 */
export function joinGroups(pairs: Iterable<readonly [string, string]>): (name: string) => string {
  const parents = new Map<string, string>();
  const find = (name: string): string => {
    let at = name;
    for (let parent = parents.get(at); parent !== undefined && parent !== at; parent = parents.get(at)) {
      const above = parents.get(parent) ?? parent;
      parents.set(at, above);
      at = above;
    }
    return at;
  };
  for (const [a, b] of pairs) {
    const [first, second] = [find(a), find(b)].sort();
    parents.set(first, first);
    parents.set(second, first);
  }
  return find;
}
