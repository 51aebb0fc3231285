import { unionFind } from "../../statistics/mod.ts";

/**
 * Groups from pairs that belong together: the first name in order of each name's group, `"3"` for `"7"` where the pairs join
 * 3, 5 and 7; a name that no pair holds is its own group.
 */
export function joinGroups(pairs: Iterable<readonly [string, string]>): (name: string) => string {
  const joined = [...pairs];
  const names = [...new Set(joined.flat())].sort();
  const places = new Map(names.map((name, place) => [name, place]));
  const first = unionFind(names.length, joined.map(([a, b]) => [places.get(a)!, places.get(b)!] as const));
  return (name) => names[first[places.get(name)!]] ?? name;
}
