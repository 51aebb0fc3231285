import { hashBytes } from "../../files/mod.ts";
import type { Bundle } from "./bundle_schema.ts";
import type { Run } from "../run.ts";

/**
 * Writes `model/bundle.json` with the SHA-256 of every other file in its folder and of itself, so that whoever gets the
 * bundle knows that nothing of it was damaged or changed on the way. (Who makes a bundle anew can seal it anew: a seal says
 * that it is whole, and not from whom it is.)
 */
export async function sealBundle(run: Run, bundle: Bundle): Promise<void> {
  const entries = await Array.fromAsync(Deno.readDir(run.path("model")));
  const names = entries.filter(({ isFile, name }) => isFile && name !== "bundle.json" && !name.endsWith(".tmp"))
    .map(({ name }) => name).toSorted();
  const files: Record<string, string> = {};
  for (const name of names) files[name] = hashBytes(await run.readBytes(`model/${name}`));
  const { digest: _before, ...rest } = bundle;
  const sealed = { ...rest, files };
  await run.save("bundle", { ...sealed, digest: bundleDigest(sealed) });
}

/** SHA-256 of what a bundle says, without the digest itself; the same however the JSON is laid out. */
export function bundleDigest(bundle: Record<string, unknown>): string {
  const { digest: _own, ...rest } = bundle;
  return hashBytes(JSON.stringify(rest));
}
