/* The facets that photos are listed by: their names and values in words. The server's configuration says which there are. */

const DAY = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", timeZone: "UTC" });

const NAMES: Readonly<Record<string, string>> = { on: "On this day", favourite: "Favourites" };

const stars = (value: string) => (value === "-1" ? "Rejected" : "★".repeat(+value) + "☆".repeat(5 - +value));

const VALUES: Readonly<Record<string, (value: string) => string>> = {
  on: (value) => DAY.format(new Date(`2000-${value}T00:00:00Z`)),
  favourite: () => "",
  rating: stars,
  format: (value) => value.toUpperCase(),
};

/** The choice of one value of one facet. */
export interface Filter {
  readonly facet: string;
  readonly value: string;
}

/** The address of the photos with this value. */
export const filterUrl = (facet: string, value: string): string => `/?${new URLSearchParams({ [facet]: value })}`;

/** The name of a facet. */
export const facetName = (facet: string): string => NAMES[facet] ?? facet.charAt(0).toUpperCase() + facet.slice(1);

/** A value in words; as it is, where an address asks for one that cannot be, such as the 99th of a month. */
export function valueName(facet: string, value: string): string {
  try {
    return VALUES[facet]?.(value) ?? value;
  } catch (error) {
    if (error instanceof RangeError) return value;
    throw error;
  }
}

/** The name of the list that a filter gives. */
export const filterName = ({ facet, value }: Filter): string =>
  [facetName(facet), valueName(facet, value)].filter(Boolean).join(": ");
