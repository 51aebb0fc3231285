/** How a sound is coded: what follows from a count of its units. */
export interface CodedForm {
  /** Hz. */
  sampleRate: number;
  channels: number;
  /** Samples that a coded unit holds at most, of each channel. */
  unit: number;
}

/** Hz, by their number (ISO/IEC 14496-3, table 1.18). */
const RATES = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];

/** Channels, by their number (table 1.19); none where a stream says so itself. */
const CHANNELS = [undefined, 1, 2, 3, 4, 5, 6, 8];

/** How AAC is coded by the numbers of its rate and its channels; nothing for others than the standard's. */
export function aacForm(rate: number, channels: number): CodedForm | undefined {
  const form = { sampleRate: RATES[rate], channels: CHANNELS[channels], unit: 1024 };
  return form.sampleRate && form.channels ? form as CodedForm : undefined;
}
