import { fileURLToPath } from "node:url";
import { writeAtomic } from "../../lib/files/mod.ts";

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->` in a text file. */
export async function writeSection(path: URL, { name, text }: { name: string; text: string }): Promise<void> {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const page = await Deno.readTextFile(path);
  const [before, after] = [page.split(begin)[0], page.split(end)[1]];
  await writeAtomic(fileURLToPath(path), `${before}${begin}\n\n${text.trim()}\n\n${end}${after}`);
}
