/** Whether frames are all that an experiment judges: its networks answer by frame, and nothing reads an item's answer from that. */
export function framesAlone(experiment: object): boolean {
  const { targets } = experiment as { targets?: { items?: string } };
  return targets !== undefined && targets.items === undefined;
}
