/** Names by order of appearance, "subject 1", "subject 2": the same for the same name, and nothing of it is left. */
export function pseudonyms(kind: string): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    if (!known.has(name)) known.set(name, `${kind} ${known.size + 1}`);
    return known.get(name)!;
  };
}
