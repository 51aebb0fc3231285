/** Of an option that may be repeated: all of its values. */
export function collect(value: string, before: string[]): string[] {
  return [...before, value];
}
