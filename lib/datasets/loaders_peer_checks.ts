import { expect } from "expect";
import { peerCheck, type Peers } from "../testing/mod.ts";
import { loadDataset } from "./mod.ts";

// Each loader against a count of the raw files by a few lines of Python that share no code with it. Wherever a folder
// holds a part of the official set only, both count that part.

/** Counts by label that a Python expression gives over the dataset's folder, bound to `root`. */
async function pythonCounts({ python }: Peers, root: string, lines: string): Promise<Record<string, number>> {
  const program =
    `import collections, csv, glob, json, os, re, sys\nroot = sys.argv[1]\ncount = collections.Counter()\n` +
    `${lines}\nprint(json.dumps(count))`;
  const { success, stdout, stderr } = await new Deno.Command(python, { args: ["-c", program, root] }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

async function loaderCounts(name: string, folder: string, task: string, parts?: string[]) {
  const { rows, passedOver } = await loadDataset(name, { folder, task, parts });
  const counts: Record<string, number> = {};
  for (const { label } of rows) counts[label] = (counts[label] ?? 0) + 1;
  return { counts, rows, passedOver, subjects: new Set(rows.map(({ subject }) => subject)).size };
}

peerCheck("sprsound: the events and records of the training part are those of a count in Python", {
  datasets: ["sprsound"],
  python: ["json"],
}, async (peers) => {
  const folder = peers.dataset("sprsound");
  const annotations =
    `for path in glob.glob(root + '/BioCAS2022/train2022_json/*.json'):\n  data = json.load(open(path))\n`;
  const events = await pythonCounts(
    peers,
    folder,
    `${annotations}  count.update(e['type'] for e in data['event_annotation'])`,
  );
  const records = await pythonCounts(peers, folder, `${annotations}  count[data['record_annotation']] += 1`);
  const seven = await loaderCounts("sprsound", folder, "events-7");
  expect(seven.counts).toEqual(events);
  const five = await loaderCounts("sprsound", folder, "records-5");
  expect(five.counts).toEqual(records);
  // Zhang et al. 2022: the training part has 1,949 records of 251 participants and 6,656 events.
  expect([five.rows.length, five.subjects, seven.rows.length]).toEqual([1949, 251, 6656]);
  expect(five.passedOver).toEqual([]);
});

peerCheck("cinc2016: labels by database, and subjects, are those of a count in Python", {
  datasets: ["cinc2016"],
  python: ["csv"],
}, async (peers) => {
  const folder = peers.dataset("cinc2016");
  const labels = await pythonCounts(
    peers,
    folder,
    `
for path in glob.glob(root + '/training-?/REFERENCE.csv'):
  for row in csv.reader(open(path)):
    count[path.split('/')[-2] + (' abnormal' if int(row[1]) > 0 else ' normal')] += 1`,
  );
  const subjects = await pythonCounts(
    peers,
    folder,
    `
known = {row['record']: row for row in csv.DictReader(open(root + '/annotations.csv'))}
names = set()
for path in glob.glob(root + '/training-?/REFERENCE.csv'):
  for record, *_ in csv.reader(open(path)):
    row = known.get(record)
    if record[0] == 'a': names.add('a' + row['original_record_name'].split('S')[0])
    elif record[0] == 'b': names.add('b' + row['subject_id'])
    else: names.add(record)
count['subjects'] = len(names)`,
  );
  const loaded = await loaderCounts("cinc2016", folder, "normal-abnormal");
  const counts: Record<string, number> = {};
  for (const { source, label } of loaded.rows) counts[`${source} ${label}`] = (counts[`${source} ${label}`] ?? 0) + 1;
  expect(counts).toEqual(labels);
  expect(loaded.subjects).toBe(subjects.subjects);
  expect(loaded.passedOver).toEqual([]);
});

peerCheck("circor: recordings by the patient's murmur and outcome are those of a count in Python", {
  datasets: ["circor"],
  python: ["csv"],
}, async (peers) => {
  const folder = peers.dataset("circor");
  for (const [task, column] of [["murmur-3", "Murmur"], ["outcome-2", "Outcome"]]) {
    const expected = await pythonCounts(
      peers,
      folder,
      `
for row in csv.DictReader(open(root + '/training_data.csv')):
  count[row['${column}']] += len(glob.glob(root + '/training_data/' + row['Patient ID'] + '_*.flac') + glob.glob(root + '/training_data/' + row['Patient ID'] + '_*.wav'))`,
    );
    const { counts, passedOver } = await loaderCounts("circor", folder, task);
    expect(counts).toEqual(expected);
    expect(passedOver).toEqual([]);
  }
  const sites = await pythonCounts(
    peers,
    folder,
    `
for row in csv.DictReader(open(root + '/training_data.csv')):
  for path in glob.glob(root + '/training_data/' + row['Patient ID'] + '_*.hea'):
    site = os.path.basename(path)[:-4].split('_')[1]
    heard = row['Murmur'] != 'Present' or site in row['Murmur locations'].split('+')
    count[row['Murmur'] if heard else 'Absent'] += 1`,
  );
  expect((await loaderCounts("circor", folder, "murmur-sites-3")).counts).toEqual(sites);
});

peerCheck("kauh: files by diagnosis, without the six that lie there twice, are those of a count in Python", {
  datasets: ["kauh"],
  python: ["re"],
}, async (peers) => {
  const folder = peers.dataset("kauh");
  const expected = await pythonCounts(
    peers,
    folder,
    `
names = {'n': 'normal', 'asthma': 'asthma', 'copd': 'COPD', 'bron': 'bronchitis', 'heart failure': 'heart failure',
  'lung fibrosis': 'lung fibrosis', 'plueral effusion': 'pleural effusion', 'pneumonia': 'pneumonia'}
found = collections.defaultdict(list)
for path in glob.glob(root + '/Audio Files/*'):
  label = re.match(r'[BDE]P\\d+_([^,]*)', os.path.basename(path)).group(1).strip().lower()
  found[open(path, 'rb').read()].append(label)
for labels in found.values():
  if len(set(labels)) == 1 and labels[0] in names: count[names[labels[0]]] += len(labels)`,
  );
  const { counts, rows, passedOver } = await loaderCounts("kauh", folder, "diagnosis-8");
  expect(counts).toEqual(expected);
  expect(passedOver.filter(({ reason }) => /same file/.test(reason)).length).toBe(6);
  expect(rows.length + passedOver.length).toBe(336);
});

peerCheck("hls-cmds: all 100 recordings are found, with the labels of the two tables", {
  datasets: ["hls-cmds"],
  python: ["csv"],
}, async (peers) => {
  const folder = peers.dataset("hls-cmds");
  for (const [task, table, column] of [["heart-10", "HS", "Heart Sound Type"], ["lung-6", "LS", "Lung Sound Type"]]) {
    const expected = await pythonCounts(
      peers,
      folder,
      `count.update(row['${column}'] for row in csv.DictReader(open(root + '/${table}.csv')))`,
    );
    const { counts, rows } = await loaderCounts("hls-cmds", folder, task);
    expect(counts).toEqual(expected);
    expect(rows.length).toBe(50);
  }
});

peerCheck(
  "icbhi: breaths by sound are those of a count in Python",
  { datasets: ["icbhi"], python: ["re"] },
  async (peers) => {
    const folder = peers.dataset("icbhi");
    const expected = await pythonCounts(
      peers,
      folder,
      `
for path in glob.glob(root + '/ICBHI_final_database/*_*_*_*_*.txt'):
  for line in open(path):
    if line.strip(): count[['Normal', 'Crackle', 'Wheeze', 'Both'][int(line.split()[2]) + 2 * int(line.split()[3])]] += 1`,
    );
    const { counts, passedOver } = await loaderCounts("icbhi", folder, "cycles-4", ["train", "test"]);
    expect(counts).toEqual(expected);
    expect(passedOver).toEqual([]);
  },
);

peerCheck("the length from the header is the length of the decoded sound, wrong block alignments included", {
  datasets: ["sprsound", "icbhi", "kauh"],
  python: ["soundfile"],
}, async (peers) => {
  for (const [name, task] of [["sprsound", "records-5"], ["icbhi", "diagnosis-2"], ["kauh", "sounds-4"]] as const) {
    const folder = peers.dataset(name);
    const parts = name === "icbhi" ? ["train", "test"] : undefined;
    const { rows } = await loadDataset(name, { folder, task, parts });
    // The WAVs and every tenth FLAC; libsndfile counts frames, its own way of reading a wrong alignment is to trust it.
    const chosen = rows.filter(({ recording }, i) => recording.endsWith(".flac") && i % 10 === 0);
    const program =
      `import json, sys, soundfile\nprint(json.dumps([len(soundfile.read(p)[0]) / soundfile.info(p).samplerate for p in json.load(sys.stdin)]))`;
    const child = new Deno.Command(peers.python, { args: ["-c", program], stdin: "piped", stdout: "piped" }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(
      new TextEncoder().encode(JSON.stringify(chosen.map(({ recording }) => `${folder}/${recording}`))),
    );
    await writer.close();
    const seconds: number[] = JSON.parse(new TextDecoder().decode((await child.output()).stdout));
    expect(chosen.map(({ end }) => end)).toEqual(seconds);
  }
});
