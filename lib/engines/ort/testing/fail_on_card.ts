// Lets a graphics card be lost at its n-th run, n from FAIL_ON_CARD_AT: loaded before a task by --preload.
import { InferenceSession } from "onnxruntime-node";

const create = InferenceSession.create.bind(InferenceSession);
let left = Number(Deno.env.get("FAIL_ON_CARD_AT"));

InferenceSession.create = (async (...asked: unknown[]) => {
  const session = await (create as (...asked: unknown[]) => Promise<InferenceSession>)(...asked);
  if (!JSON.stringify(asked[1]).includes("webgpu")) return session;
  const run = session.run.bind(session) as (...asked: unknown[]) => ReturnType<InferenceSession["run"]>;
  session.run = async (...asked: unknown[]) => {
    const results = await run(...asked);
    if (left-- > 0) return results;
    // A card that is lost computes nothing any more, and has let go of what it held.
    for (const tensor of Object.values(results)) tensor.dispose();
    throw new Error("Failed to download data from buffer. wgpu::MapAsyncStatus value: 3"); // as of a lost device
  };
  return session;
}) as typeof InferenceSession.create;
