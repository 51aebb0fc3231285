import { UsageError } from "../../errors/mod.ts";
import type { EncoderOptions } from "../../features/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";

/** What of an encoder decides what its layers hear. */
const EARS = ["sha256", "sampleRate", "playbackRate", "input", "normalisation"] as const;

/**
 * Says where an encoder that goes on learning is described otherwise than the one whose frames it hears.
 *
 * @throws {UsageError}
 */
export function checkFineTuned({ model, input }: Pick<Experiment, "model" | "input">): void {
  if (model.kind !== "fineTuned" || !("kind" in input) || input.kind !== "encoder") return;
  const { encoder } = model as unknown as { encoder: EncoderOptions };
  const heard = input as unknown as EncoderOptions;
  const refuse = (expected: string, found: string) => {
    throw new UsageError({ expected, found, where: "input", remedy: "describe the encoder alike in input and model" });
  };
  if (heard.gives !== "frames") refuse('the frames of the encoder (gives: "frames")', `its ${heard.gives}`);
  for (const key of EARS) {
    const [here, there] = [heard, encoder].map((one) => JSON.stringify(one[key]));
    if (here !== there) refuse(`${key} ${there}, as in model.encoder`, here);
  }
}
