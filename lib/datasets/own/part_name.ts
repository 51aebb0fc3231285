/** The name of a part as protocols have it: `"train"` for `"Training set"`, `"test"` for `"TEST "`; other names in lower case. */
export function partName(part: string): string {
  const name = part.trim().toLowerCase();
  const [, whole] = /^(train|test)(?:ing)?(?:[\s_-]?(?:set|data|part|split))?$/.exec(name) ?? [];
  return whole ?? name;
}
