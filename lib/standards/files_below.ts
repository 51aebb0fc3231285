import { join } from "node:path";

/** Paths of the plain files below a folder, with `/`, sorted; links, hidden files and what is still being written are left out. */
export async function filesBelow(folder: string, below = ""): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory, isFile } of Deno.readDir(join(folder, below))) {
    const path = below === "" ? name : `${below}/${name}`;
    if (isDirectory && !name.startsWith(".")) found.push(...await filesBelow(folder, path));
    else if (isFile && !/^\.|\.tmp$/.test(name)) found.push(path);
  }
  return found.toSorted();
}
