/** The context that Croissant 1.1 prescribes (docs.mlcommons.org/croissant, appendix 1), as `mlcroissant` 1.1 writes it. */
export const CONTEXT = {
  "@language": "en",
  "@vocab": "https://schema.org/",
  ...croissantTerms(
    "arrayShape citeAs column containedIn equivalentProperty extract field fileProperty fileObject fileSet " +
      "format includes isArray isLiveDataset jsonPath key md5 parentField path recordSet references regex " +
      "repeated replace samplingRate separator source subField transform",
  ),
  conformsTo: "dct:conformsTo",
  cr: "http://mlcommons.org/croissant/",
  rai: "http://mlcommons.org/croissant/RAI/",
  data: { "@id": "cr:data", "@type": "@json" },
  dataType: { "@id": "cr:dataType", "@type": "@vocab" },
  dct: "http://purl.org/dc/terms/",
  description: { "@container": "@language" },
  examples: { "@id": "cr:examples", "@type": "@json" },
  name: { "@container": "@language" },
  sc: "https://schema.org/",
};

function croissantTerms(names: string): Record<string, string> {
  return Object.fromEntries(names.split(" ").map((name) => [name, `cr:${name}`]));
}

/** A field of a record set. */
export function field(set: string, name: string, dataType: string | string[]) {
  return { "@type": "cr:Field", "@id": `${set}/${name}`, name, dataType };
}

const PARTS = { train: "cr:TrainingSplit", validation: "cr:ValidationSplit", test: "cr:TestSplit" };

/** The three sides as Croissant knows them. */
export const SPLITS = {
  "@type": "cr:RecordSet",
  "@id": "splits",
  name: "splits",
  description: "The sides of a training",
  dataType: "cr:Split",
  key: { "@id": "splits/name" },
  field: [field("splits", "name", "sc:Text"), field("splits", "url", ["sc:URL", "cr:Split"])],
  data: Object.entries(PARTS).map(([name, url]) => ({ "splits/name": name, "splits/url": url })),
};
