/** The name of a part as protocols have it: `"train"` for `"Training"`, `"test"` for `"TEST "`; other names in lower case. */
export function partName(part: string): string {
  const name = part.trim().toLowerCase();
  return /^train(ing)?$/.test(name) ? "train" : /^test(ing)?$/.test(name) ? "test" : name;
}
