/** A file on a server. */
export interface SourceFile {
  url: string;
  /** Where it goes below the dataset's folder; an archive is unpacked into that folder, and then deleted. */
  path: string;
  /** Where it is known beforehand. */
  sha256?: string;
  /** Leading folders of an archive's names to leave away. @default {0} */
  strip?: number;
  /** Set where the dataset can be used without it, if worse. */
  optional?: true;
}

/** Where a dataset is to be had. */
export interface DatasetSource {
  files: SourceFile[];
  /** A list of SHA-256 sums of the files, and of what is in the archives, relative to its own address. */
  checksums?: string;
  /** SHA-256 sums of archives inside archives, by their file names. */
  inner?: Record<string, string>;
}

const physionet = "https://physionet.org/files";
const icbhi = "https://bhichallenge.med.auth.gr/sites/default/files/ICBHI_final_database";
const pascal = "http://www.peterjbentley.com/heartchallenge/wav";
const yaseen =
  "https://github.com/yaseen21khan/Classification-of-Heart-Sound-Signal-Using-Multiple-Features-/raw/master";

const plain = (base: string, names: string[]): SourceFile[] =>
  names.map((path) => ({ url: `${base}/${encodeURIComponent(path)}`, path }));

/** The official addresses, by name of the dataset. */
export const datasetSources: Record<string, DatasetSource> = {
  "cinc2016": {
    files: [
      { url: `${physionet}/challenge-2016/1.0.0/training.zip`, path: "training.zip" },
      {
        url: `${physionet}/challenge-2016/1.0.0/annotations/Online_Appendix_training_set.csv`,
        path: "annotations/Online_Appendix_training_set.csv",
        optional: true, // without it, every recording of training-a and training-b counts as a subject of its own
      },
      ...[..."abcdef"].map((letter): SourceFile => ({
        url: `${physionet}/challenge-2016/1.0.0/annotations/updated/training-${letter}/REFERENCE_withSQI.csv`,
        path: `annotations/updated/training-${letter}/REFERENCE_withSQI.csv`,
        optional: true, // the signal quality
      })),
    ],
    checksums: `${physionet}/challenge-2016/1.0.0/SHA256SUMS.txt`,
  },
  "circor": {
    files: [{ url: "https://physionet.org/content/circor-heart-sound/get-zip/1.0.3/", path: "circor.zip", strip: 1 }],
    checksums: `${physionet}/circor-heart-sound/1.0.3/SHA256SUMS.txt`,
  },
  "yaseen": { files: plain(yaseen, ["AS", "MR", "MS", "MVP", "N"].map((name) => `${name}_New_3주기.rar`)) },
  "pascal": {
    files: plain(pascal, [
      ...["Atraining_normal.zip", "Atraining_murmur.zip", "Atraining_extrahls.zip", "Atraining_artifact.zip"],
      ...["Btraining_normal.zip", "Btraining_murmur.zip", "Btraining_extrasystole.zip"],
    ]),
  },
  "bmd-hs": {
    files: [{
      url: "https://github.com/mHealthBuet/BMD-HS-Dataset/archive/refs/heads/main.zip",
      path: "main.zip",
      strip: 1,
    }],
  },
  "zchsound": {
    files: [{ url: "https://github.com/WeiJieOvO/ZCHSound-Dataset/raw/main/ZCHSound.zip", path: "ZCHSound.zip" }],
  },
  "hls-cmds": {
    files: [{ url: "https://data.mendeley.com/public-api/zip/8972jxbpmp/download/3", path: "hls-cmds.zip" }],
  },
  "icbhi": {
    files: plain(icbhi, [
      "ICBHI_final_database.zip",
      "ICBHI_challenge_train_test.txt",
      "ICBHI_Challenge_diagnosis.txt",
      "ICBHI_Challenge_demographic_information.txt",
    ]),
  },
  "sprsound": {
    files: [{
      url: "https://github.com/SJTU-YONGFU-RESEARCH-GRP/SPRSound/archive/refs/heads/main.zip",
      path: "main.zip",
      strip: 1,
    }],
  },
  "kauh": {
    files: [{ url: "https://data.mendeley.com/public-api/zip/jwyy9np4gv/download/3", path: "kauh.zip" }],
    inner: { "Audio Files.zip": "8093b608584c631b016086e1f2df38f89db5eae0234a42fe9ab5cdaac7121d7c" },
  },
};
