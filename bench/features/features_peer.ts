import { openPeer, type PeerProgram } from "../peer_program.ts";

/** bench/peers/features.py, where this Python has what it imports. */
export function openFeaturesPeer(python: string | undefined, args: string[]): Promise<PeerProgram | undefined> {
  return openPeer(python, { script: "features.py", libraries: "librosa, scipy, soundfile, soxr", args });
}
