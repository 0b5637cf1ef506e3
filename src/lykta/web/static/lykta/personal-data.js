// What in a text tells of a person, as far as it can be told without the server: by the form of
// numbers and addresses. The same forms as infrastructure/personal_data/numbers.py; a test holds
// the two together. Numbers in the digits of other scripts are left to the server.

const BIRTH =
  /(?<![\d-])(?:(?:18|19|20)[ -]?)?(\d{2}) ?(\d{2}) ?(\d{2})[ \u00a0]{0,2}[-–+ ]?[ \u00a0]{0,2}(\d{4})(?![\d-])/gu;
const EMAIL =
  /[\p{L}\p{N}_.+-]+\s?(?:@|\(at\)|\[at\]|\(a\)|(?<![\p{L}\p{N}_])snabel-?a(?![\p{L}\p{N}_]))\s?[\p{L}\p{N}_-]+(?:(?:\.[\p{L}\p{N}_-]+)+|\s?\.\s?[a-z]{2,})/giu;
const DIGIT = "[ ()./–-]{0,3}\\d";
const PHONE = new RegExp(
  `(?<![\\p{L}\\p{N}_+])(?:(?:\\+|00) ?46 ?\\(?0?\\)?(?:${DIGIT}){7,9}|(?:\\+|00)(?:${DIGIT}){8,13}` +
    `|\\(?0 ?7(?:${DIGIT}){8}|\\(?0(?:${DIGIT}){7,9})(?!\\d)`,
  "gu",
);
const PLATE = /(?<![\p{L}\p{N}_-])([A-HJ-PR-UW-Z]{3})[ -]?(\d{2}[\dA-HJ-PR-UW-Z])(?![\p{L}\p{N}_-])/giu;
const NO_PLATE =
  /^(?:bus|dag|del|dom|fax|hos|hus|kan|kap|kat|kod|kök|lag|lok|man|max|med|mer|min|nrs|ons|par|pga|rad|ref|reg|rum|sal|sek|sen|set|som|stn|tel|tom|tor|typ|tåg|upp|ute|var|ver|els)$/iu;
const DATE = /^0\d[-./ ]\d{1,2}[-./ ](?:19|20)\d{2}$/u;

const birth = (match) => {
  const [month, day] = [Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12) return null;
  if (day >= 1 && day <= 31) return "personnummer";
  return day >= 61 && day <= 91 ? "samordningsnummer" : null;
};

const FORMS = [
  [BIRTH, birth],
  [EMAIL, () => "e-post"],
  [PHONE, (match) => (DATE.test(match[0].trim()) ? null : "telefon")],
  [PLATE, (match) => (NO_PLATE.test(match[1]) ? null : "bil")],
];

// Returns {kind, start, end, say} for each, in the order of the text; `words` says what to do.
export const findings = (text, words = {}) => {
  const found = [];
  for (const [form, kindOf] of FORMS) {
    form.lastIndex = 0;
    for (let match = form.exec(text); match; match = form.exec(text)) {
      const [start, end] = [match.index, match.index + match[0].length];
      const kind = kindOf(match);
      // Digits that make no day of birth may have hidden the first of a number that does.
      if (!kind && form === BIRTH) form.lastIndex = start + 1;
      if (kind && !found.some((each) => start < each.end && each.start < end))
        found.push({ kind, start, end, say: words.takeOut ?? "" });
    }
  }
  return found.sort((one, other) => one.start - other.start);
};
