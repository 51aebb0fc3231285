import { expect } from "expect";
import fc from "fast-check";
import { formatCsv, formatNpy, hashBytes, parseCsv, parseNpy, writeAtomic } from "./mod.ts";

Deno.test("writeAtomic() makes the folder, replaces the file and leaves no temporary one", async () => {
  const folder = await Deno.makeTempDir();
  await writeAtomic(`${folder}/a/b.txt`, "first");
  await writeAtomic(`${folder}/a/b.txt`, "second");
  expect(await Deno.readTextFile(`${folder}/a/b.txt`)).toBe("second");
  expect([...Deno.readDirSync(`${folder}/a`)].map((entry) => entry.name)).toEqual(["b.txt"]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("writeAtomic() says where it could not write", async () => {
  const file = await Deno.makeTempFile();
  await expect(writeAtomic(`${file}/inside/a.txt`, "x")).rejects.toThrow(/able to write but found .* in .*a\.txt/);
  await Deno.remove(file);
});

Deno.test("hashBytes() is SHA-256 (FIPS 180-4, message abc)", () => {
  const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  expect(hashBytes("abc")).toBe(abc);
  expect(hashBytes("a", new Uint8Array([98, 99]))).toBe(abc);
});

Deno.test("formatCsv() and parseCsv() keep any text", () => {
  fc.assert(fc.property(fc.array(fc.record({ a: fc.string(), b: fc.string() }), { minLength: 1 }), (rows) => {
    // An empty line of a single column can't be told from none; two columns always can.
    expect(parseCsv(formatCsv(rows), "x.csv", { marked: true })).toEqual(rows.map((row) => ({ ...row })));
  }));
});

// The characters that OWASP's page on CSV injection names.
Deno.test("formatCsv() writes nothing that a spreadsheet would run, and parseCsv() reads it back", () => {
  const names = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "'=1", "''", "'a"];
  const rows = names.map((name) => ({ name, "=column": "x" }));
  const text = formatCsv(rows);
  for (const cell of parseCsv(text, "x.csv").flatMap((row) => [...Object.keys(row), ...Object.values(row)])) {
    expect(cell).not.toMatch(/^[=+\-@\t\r]/);
  }
  expect(parseCsv(text, "x.csv", { marked: true })).toEqual(rows);
});

Deno.test("formatCsv() leaves negative numbers as they are, also those in texts", () => {
  expect(formatCsv([{ a: -0.5, b: "-12.5", c: "+1e-3" }])).toBe("a,b,c\n-0.5,-12.5,+1e-3\n");
});

Deno.test("parseCsv() names the file and the line of a broken row", () => {
  expect(() => parseCsv("a,b\n1,2\n3\n", "rows.csv")).toThrow(/line 3.*in rows\.csv/);
});

Deno.test("parseNpy() reads what formatNpy() wrote", () => {
  fc.assert(fc.property(fc.float32Array({ noNaN: true }), (data) => {
    const copy = Float32Array.from(data);
    expect(parseNpy(formatNpy({ shape: [copy.length], data: copy }), "x.npy")).toEqual({
      shape: [copy.length],
      data: copy,
    });
  }));
});

Deno.test("formatNpy() writes the bytes that numpy.save writes", () => {
  // numpy 2.3: np.save(f, np.array([[1, 2]], "<f4")); header of 128 bytes in all, then 1.0 and 2.0.
  const bytes = formatNpy({ shape: [1, 2], data: new Float32Array([1, 2]) });
  const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }";
  expect(new TextDecoder().decode(bytes.subarray(10, 10 + header.length))).toBe(header);
  expect(bytes.length % 64).toBe(8);
  expect([...bytes.subarray(-8)]).toEqual([0, 0, 128, 63, 0, 0, 0, 64]);
});

Deno.test("parseNpy() refuses other bytes and a cut file", () => {
  expect(() => parseNpy(new Uint8Array(100), "x.npy")).toThrow(/NPY file .* in x\.npy/);
  const cut = formatNpy({ shape: [4], data: new Float32Array(4) }).subarray(0, -4);
  expect(() => parseNpy(cut, "x.npy")).toThrow(/12 bytes of data for the shape \(4\)/);
});
