/** Datasets of the user's own, whose folders may each hold a `1.wav`. */
const OWN = ["csv", "folders"];

/** A dataset as an experiment asks it. */
export interface AskedDataset {
  name: string;
  join?: readonly { name: string }[];
}

/** Whether recordings are the user's own, some at least: no catalogue says what they are called or what their files' names mean. */
export function isOwnData({ name, join = [] }: AskedDataset): boolean {
  return [name, ...join.map(({ name }) => name)].some((one) => OWN.includes(one));
}
