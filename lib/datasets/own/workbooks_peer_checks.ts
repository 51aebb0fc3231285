import { expect } from "expect";
import { writeAtomic } from "../../files/mod.ts";
import { peerCheck } from "../../testing/peer_check.ts";
import { testWav } from "../fixtures/with_folder.ts";
import { loadDataset } from "../mod.ts";

// Workbooks as openpyxl writes them, with what people do to them: titles, merged cells, dates, numbers as text, more sheets.
const PROGRAM = `
import sys, datetime, openpyxl
from openpyxl.styles import numbers
folder = sys.argv[1]
rows = [("%d.wav" % i, "P%d" % (i // 2), "normal" if i % 4 < 2 else "murmur") for i in range(8)]

def book(name, build):
    book = openpyxl.Workbook()
    build(book.active, book)
    book.save(folder + "/" + name + ".xlsx")

def plain(sheet, book):
    sheet.append(["path", "subject", "label"])
    for row in rows: sheet.append(row)

def merged(sheet, book):
    sheet.title = "Ward 3"
    sheet["A1"] = "Recordings of ward 3"
    sheet.merge_cells("A1:E1")
    sheet.append([])
    sheet.append(["Datei", "Patient", "Diagnose", "Datum", None, "Notiz"])
    for i, (path, subject, label) in enumerate(rows):
        sheet.append([path, subject if i % 2 == 0 else None, label, datetime.date(2024, 5, 1 + i), None, None])
        if i % 2: sheet.merge_cells(start_row=3 + i, end_row=4 + i, start_column=2, end_column=2)
    other = book.create_sheet("Legend")
    other.append(["normal", "nothing heard"])

def typed(sheet, book):
    sheet.append(["File name", "Patient ID", "Class", "Age", "Start (s)", "Stop (s)"])
    for i, (path, subject, label) in enumerate(rows):
        sheet.append([path.replace(".wav", ""), i // 2 + 1, label, "=NA()" if i == 9 else 4.5, 0, 0.15])
        cell = sheet.cell(row=i + 2, column=1)
        if i % 2:  # a number instead of a text
            cell.value = i
        sheet.cell(row=i + 2, column=2).number_format = "000"

def formula(sheet, book):
    plain(sheet, book)
    sheet["B3"] = "=B2"

def times(sheet, book):
    sheet.append(["path", "subject", "label", "start", "end"])
    for path, subject, label in rows:
        sheet.append([path, subject, label, datetime.time(0, 0, 0), datetime.timedelta(seconds=0.15)])

for name, build in (("times", times), ("plain", plain), ("merged", merged), ("typed", typed), ("formula", formula)): book(name, build)
`;

peerCheck("workbooks of openpyxl are tables", { python: ["openpyxl"] }, async ({ python }) => {
  const folder = await Deno.makeTempDir();
  for (let i = 0; i < 8; i++) await writeAtomic(`${folder}/${i}.wav`, testWav({ seconds: 0.2, seed: i + 1 }));
  const { success, stderr } = await new Deno.Command(python, { args: ["-c", PROGRAM, folder] }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const load = (name: string) => loadDataset("csv", { folder: `${folder}/${name}.xlsx`, task: "labels" });

  const plain = await load("plain");
  expect(plain.rows.map(({ recording, subject }) => [recording, subject]).slice(0, 3)).toEqual([
    ...[["0.wav", "P0"], ["1.wav", "P0"], ["2.wav", "P1"]],
  ]);
  expect([plain.classes, plain.warnings]).toEqual([["normal", "murmur"], []]);

  const merged = await load("merged");
  expect(merged.rows.map(({ subject, label }) => [subject, label])).toEqual(
    plain.rows.map(({ subject, label }) => [subject, label]),
  );
  expect(merged.rows[2].attributes).toEqual({ Datum: "2024-05-03" });
  expect(merged.warnings).toEqual([
    expect.stringMatching(/the first sheet, "Ward 3", is read; not read: "Legend"/),
    expect.stringMatching(/line 1 \("Recordings of ward 3"\) is taken for a title/),
  ]);

  const typed = await load("typed");
  expect(typed.rows.map(({ recording, subject, end }) => [recording, subject, end]).slice(0, 3)).toEqual([
    ...[["0.wav", "001", 0.15], ["1.wav", "001", 0.15], ["2.wav", "002", 0.15]],
  ]);
  expect(typed.rows[0].attributes).toEqual({ age: 4.5 });

  expect((await load("times")).rows[0]).toMatchObject({ start: 0, end: 0.15 });
  await expect(load("formula")).rejects.toThrow(/none for =B2 in B3 .*: open the file in a spreadsheet program/);
  await Deno.remove(folder, { recursive: true });
});
