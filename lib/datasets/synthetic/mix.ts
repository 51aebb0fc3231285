/** Adds `gain` times the sound to the target, sample by sample. */
export function mix(target: Float32Array, sound: Float32Array, gain: number): void {
  for (let n = 0; n < target.length; n++) target[n] += gain * sound[n];
}

/** An amplitude ratio from dB. */
export function fromDb(db: number): number {
  return 10 ** (db / 20);
}
