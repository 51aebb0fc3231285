// Compiles mel_kernel.as to mel_kernel_wasm.ts: deno task build:kernel

/** The WebAssembly that AssemblyScript makes of mel_kernel.as. */
export async function compileKernel(): Promise<Uint8Array> {
  const { default: asc } = await import("assemblyscript/asc");
  const source = await Deno.readTextFile(new URL("./mel_kernel.as", import.meta.url));
  let binary = new Uint8Array();
  const options = [
    "-O3",
    "--runtime",
    "stub",
    "--importMemory",
    "--noAssert",
    "--enable",
    "simd",
    "--outFile",
    "kernel.wasm",
  ];
  const { error, stderr } = await asc.main(["mel_kernel.ts", ...options], {
    readFile: (name) => name === "mel_kernel.ts" ? source : null,
    writeFile: (_name, content) => {
      binary = content as Uint8Array<ArrayBuffer>;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`${error.message}\n${stderr}`);
  return binary;
}

if (import.meta.main) {
  const base64 = (await compileKernel()).toBase64();
  const lines = base64.match(/.{1,110}/g)!.map((line) => `  "${line}"`).join(" +\n");
  const text =
    `// Made of mel_kernel.as by \`deno task build:kernel\`; a test compares the two.\nexport const melKernelWasm =\n${lines};\n`;
  await Deno.writeTextFile(new URL("./mel_kernel_wasm.ts", import.meta.url), text);
}
