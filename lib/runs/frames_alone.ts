/** Whether an experiment judges no item's class: its networks answer by frame alone, or tell crops of recordings. */
export function framesAlone(experiment: object): boolean {
  const { targets } = experiment as { targets?: { items?: string } };
  return targets !== undefined && targets.items === undefined;
}
