/** What a class of sound is, in the words of its field. */
export interface SoundMeaning {
  /** How it sounds and what it is held to come from. */
  meaning: string;
  source: string;
}

const BOHADANA = "Bohadana, Izbicki and Kraman 2014, N Engl J Med 370:744";
const CHIZNER = "Chizner 2008, Curr Probl Cardiol 33:326";

/** In order: the first pattern that fits a class's name speaks for it. */
const MEANINGS: [RegExp, SoundMeaning][] = [
  [/stridor/i, {
    meaning: "a loud musical sound of high pitch, mostly on breathing in: a narrowing of larynx or windpipe",
    source: BOHADANA,
  }],
  [/wheeze.*crackle|crackle.*wheeze|both/i, {
    meaning: "wheezes (narrowed airways) and crackles (airways that snap open) together",
    source: BOHADANA,
  }],
  [/wheeze/i, {
    meaning:
      "a musical sound of 80 ms and more, above 100 Hz: walls of narrowed airways flutter, as in asthma and COPD",
    source: BOHADANA,
  }],
  [/rhonch/i, {
    meaning:
      "a low musical sound, below 200 Hz, like snoring: secretions or collapse in large airways; may clear by cough",
    source: BOHADANA,
  }],
  [/fine crackle/i, {
    meaning:
      "short explosive sounds of high pitch late in the breath: small airways snap open, as in fibrosis and pneumonia",
    source: BOHADANA,
  }],
  [/coarse crackle/i, {
    meaning: "short explosive sounds of low pitch: gas moves through airways that open and close, as in bronchitis",
    source: BOHADANA,
  }],
  [/crackle/i, { meaning: "short explosive sounds: airways that snap open, or secretions", source: BOHADANA }],
  [/poor.?quality/i, { meaning: "a recording that experts found too poor to judge", source: "the dataset's labels" }],
  [/^(AS|aortic stenosis)$/i, {
    meaning: "a systolic murmur that swells and fades: narrowed aortic valve",
    source: CHIZNER,
  }],
  [/^(MR|mitral regurgitation)$/i, {
    meaning: "a murmur through the whole systole: leaking mitral valve",
    source: CHIZNER,
  }],
  [/^(AR|aortic regurgitation)$/i, {
    meaning: "a murmur that fades through diastole: leaking aortic valve",
    source: CHIZNER,
  }],
  [/^(MS|mitral stenosis)$/i, { meaning: "a diastolic rumble: narrowed mitral valve", source: CHIZNER }],
  [/^MVP$/i, { meaning: "a click in systole, with or without a murmur: mitral valve prolapse", source: CHIZNER }],
  [/murmur|present/i, {
    meaning: "a longer sound between the heart sounds: turbulent flow, by a valve, a defect, or harmless in children",
    source: CHIZNER,
  }],
  [/^(normal|healthy|absent)$/i, { meaning: "nothing beyond the usual sounds", source: "the dataset's labels" }],
  [/abnormal/i, {
    meaning: "something beyond the usual sounds; the labels don't say what",
    source: "the dataset's labels",
  }],
  [/discontinuous|DAS/i, { meaning: "discontinuous adventitious sounds: crackles", source: BOHADANA }],
  [/continuous|CAS/i, { meaning: "continuous adventitious sounds: wheezes, rhonchi or stridor", source: BOHADANA }],
];

/** The published meaning of a class of heart or lung sounds; `null` for a name that isn't known. */
export function soundMeaning(label: string): SoundMeaning | null {
  return MEANINGS.find(([pattern]) => pattern.test(label))?.[1] ?? null;
}
