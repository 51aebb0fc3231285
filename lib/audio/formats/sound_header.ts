import { checkSoundSize, type SoundSize } from "../sound_limits.ts";
import { aiffHeader, auHeader, cafHeader } from "./apple_header.ts";
import { flacInfo } from "./flac_frames.ts";
import type { PcmSound } from "./pcm_sound.ts";
import type { SoundKind } from "./sound_kind.ts";
import { type Mp3InWave, waveHeader } from "./wave_header.ts";

/** What was read of a file. */
export interface PartOfFile {
  /** From the file's first byte on. */
  view: DataView;
  /** First byte of the sound, behind tags. */
  start: number;
  /** Behind its last byte, before tags; the end of the file where only its beginning was read. */
  end: number;
  /** Whether all of the file was read. */
  whole: boolean;
  /** For messages. */
  name: string;
}

/** Where uncompressed samples lie, or what a compressed file states. */
export type SoundHeader = PcmSound | (SoundSize & { start: number }) | Mp3InWave;

const READERS: Partial<Record<SoundKind, (part: PartOfFile) => SoundHeader | undefined>> = {
  ...{ wave: waveHeader, w64: waveHeader, aiff: aiffHeader, caf: cafHeader, au: auHeader, flac: flacInfo },
};

/**
 * The header of a sound, the one reader of it for all who ask: its rate, its channels, its length where the header states it.
 * Nothing for a kind without one, and where the part that was read ends before it does.
 *
 * @throws {DataError} for a damaged file, and a sound beyond the limits.
 */
export function soundHeader(kind: SoundKind, part: PartOfFile): SoundHeader | undefined {
  const header = READERS[kind]?.(part);
  if (header && !("mp3" in header)) checkSoundSize(header, part.name);
  return header;
}
