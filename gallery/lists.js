/* The lists that photos stand in. Each has an address of its own, as /?city=Bergen, so that the back button leaves it. */

const DAY = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", timeZone: "UTC" });
const asItIs = (value) => value;

// By what photos are listed: a term's name in the API, what it is called here, and how its value is read.
const TERMS = {
  on: ["On this day", (value) => DAY.format(new Date(`2000-${value}T00:00:00Z`))],
  camera: ["Camera", asItIs],
  lens: ["Lens", asItIs],
  country: ["Country", asItIs],
  region: ["Region", asItIs],
  city: ["City", asItIs],
  keyword: ["Keyword", asItIs],
  label: ["Label", asItIs],
  favourite: ["Favourites", () => ""],
  album: ["Album", asItIs],
  rating: ["Rating", (value) => (value === "-1" ? "Rejected" : "★".repeat(value) + "☆".repeat(5 - value))],
  format: ["Format", (value) => value.toUpperCase()],
  state: ["State", asItIs],
};

/** The list that the page's address asks for, {term, value}, or null for the whole library. */
export function askedFor() {
  const asked = new URLSearchParams(location.search);
  const term = Object.keys(TERMS).find((name) => asked.get(name));
  return term ? { term, value: asked.get(term) } : null;
}

/** The address of a list. */
export const address = (term, value) => `/?${new URLSearchParams({ [term]: value })}`;

/** A value as a person reads it, as far as there is one. */
export function worded(term, value) {
  try {
    return TERMS[term][1](value);
  } catch {
    return value; // an address may ask for a day that there is not
  }
}

/** A list's name. */
export const named = ({ term, value }) => [title(term), worded(term, value)].filter(Boolean).join(": ");

/** What a term is called. */
export const title = (term) => TERMS[term][0];
