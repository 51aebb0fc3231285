// Compiles the AssemblyScript kernels (lib/**/*.as) to WebAssembly beside them (*_wasm.ts): deno task build:kernels
import { join } from "node:path";

/** A kernel's source, the file that it becomes, and that file's text. */
export interface Kernel {
  source: string;
  target: string;
  text: string;
}

const LIB = join(import.meta.dirname!, "../../lib");
const COMPILER = "npm:assemblyscript@0.28.20/asc";
const FLAGS = ["-O3", "--runtime", "stub", "--importMemory", "--noAssert", "--enable", "simd"];

/** All kernels, compiled but not written. */
export async function compileKernels(): Promise<Kernel[]> {
  const sources = (await Array.fromAsync(Deno.readDir(LIB)))
    .map(({ name }) => join(LIB, name, "kernel")).filter(isFolder)
    .flatMap((folder) => [...Deno.readDirSync(folder)].map(({ name }) => join(folder, name)))
    .filter((path) => path.endsWith(".as")).sort();
  const kernels: Kernel[] = [];
  for (const source of sources) {
    const name = source.match(/(\w+)\.as$/)![1];
    const text = moduleText(name, await compile(await Deno.readTextFile(source)));
    kernels.push({ source, target: source.replace(/\.as$/, "_wasm.ts"), text });
  }
  return kernels;
}

async function compile(source: string): Promise<Uint8Array> {
  const folder = await Deno.makeTempDir();
  const [input, output] = ["kernel.ts", "kernel.wasm"].map((name) => join(folder, name));
  await Deno.writeTextFile(input, source);
  // A program of its own: who only uses the kernels does not install their compiler, of 100 MB.
  const args = ["run", "--allow-all", "--no-config", "--no-lock", COMPILER, input, ...FLAGS, "--outFile", output];
  const { success, stderr } = await new Deno.Command("deno", { args, cwd: folder }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const binary = await Deno.readFile(output);
  await Deno.remove(folder, { recursive: true });
  return binary;
}

/** Base64 in a module: it can be read at once, on Deno and in a page that was opened from disk. */
function moduleText(name: string, binary: Uint8Array): string {
  const constant = name.replaceAll(/_(\w)/g, (_, letter) => letter.toUpperCase());
  const lines = binary.toBase64().match(/.{1,110}/g)!.map((line) => `  "${line}"`).join(" +\n");
  return `// Made of ${name}.as by \`deno task build:kernels\`; a test compares the two.\nexport const ${constant}Wasm =\n${lines};\n`;
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

if (import.meta.main) {
  for (const { target, text } of await compileKernels()) {
    await Deno.writeTextFile(target, text);
    console.log(target);
  }
}
