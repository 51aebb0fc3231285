import type { ExperimentDescription } from "@auscult/auscult/experiment";
import {
  channels,
  deltasInput,
  featurePreset,
  gammatoneInput,
  type InputOptions,
  type LogMelInput,
  logMelInput,
  mfccInput,
  pcenInput,
  resolutions,
  zScoreInput,
} from "@auscult/auscult/features";

/** What stands in the place of an experiment's log-Mel spectrogram. */
export interface OtherInputs {
  /** Edges of the gammatone's bands, Hz; all else is the preset's. */
  gammatone: { fMin: number; fMax: number };
  /** Lengths of the short-time windows that stand beside each other, samples. */
  winLengths: [short: number, long: number];
  /** Inputs of this experiment alone, made of its log-Mel. */
  more?(logMel: ReturnType<typeof logMelInput>): Record<string, object>;
}

/** Ablations by what an experiment hears: each in the place of its log-Mel spectrogram, by the same windows. */
export function otherInputs(
  input: ExperimentDescription["input"],
  { gammatone, winLengths, more = () => ({}) }: OtherInputs,
): Record<string, string[]> {
  const { kind: _kind, preset, change, ...windows } = input as LogMelInput;
  const { sampleRate, nMels: nBands, hopLength } = featurePreset(input as InputOptions)!;
  const mel = { preset, change }, logMel = logMelInput(mel);
  const all = {
    "PCEN": pcenInput(mel),
    "MFCC": mfccInput(mel),
    "gammatone": gammatoneInput({ ...gammatone, sampleRate, nBands, hopLength }),
    "log-Mel with deltas": deltasInput({ of: logMel }),
    "MFCC with deltas": deltasInput({ of: mfccInput(mel) }),
    "z-score by band": zScoreInput({ of: logMel }),
    "two resolutions": resolutions({ ...mel, winLengths }),
    "log-Mel, PCEN and z-score": channels({ inputs: [logMel, pcenInput(mel), zScoreInput({ of: logMel })] }),
    ...more(logMel),
  };
  return Object.fromEntries(
    Object.entries(all).map(([name, other]) => [name, [`input=${JSON.stringify({ ...other, ...windows })}`]]),
  );
}
