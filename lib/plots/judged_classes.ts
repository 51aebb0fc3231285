/**
 * The classes that one-against-rest curves are drawn for: all of several, the second of two (the first is the healthy
 * one, and its curve would be the mirror of the other).
 */
export function judgedClasses(classes: readonly string[]): { name: string; index: number }[] {
  const all = classes.map((name, index) => ({ name, index }));
  return classes.length === 2 ? all.slice(1) : all;
}
