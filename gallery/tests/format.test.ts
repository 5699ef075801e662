import assert from "node:assert/strict";
import { test } from "node:test";
import { facetName, filterName, filterUrl, valueName } from "../core/facets";
import * as format from "../core/format";
import { parseRoute } from "../core/router";
import { Renewals, srcset } from "../core/signed-image";
import { nextWait } from "../core/watch";
import { byDay } from "../timeline/days";
import { decode } from "../timeline/placeholder";
import { entryText } from "../viewer/history";
import { photo } from "./server";

test("bytes have three digits and a unit", () => {
  const texts = [null, 0, 999, 1234, 12_345_678, 5e15].map((number) => format.bytes(number));
  assert.deepEqual(texts, [null, "0 B", "999 B", "1.23 KB", "12.3 MB", "5000 TB"]);
});

test("coordinates have a side, at zero too, and are absent without one of them", () => {
  assert.equal(format.coordinates({ latitude: -46.415, longitude: 0 }), "46.41500° S, 0.00000° E");
  assert.equal(format.coordinates({ latitude: 1, longitude: null }), null);
});

test("an exposure names what is known", () => {
  const metadata = { exposure: "1/125", aperture: 5.6, iso: 200, focal_length: 35 };
  assert.equal(format.exposure(metadata), "1/125 s  ·  f/5.6  ·  ISO 200  ·  35 mm");
  assert.equal(format.exposure({ iso: 100 }), "ISO 100");
  assert.equal(format.exposure({}), null);
});

test("the time is the camera's own, with its offset where there is one", () => {
  assert.match(format.taken(photo("a", 0, { taken: "2025-07-14T11:40:00" })) ?? "", /2025, 11:40$/);
  assert.match(
    format.taken(photo("a", 0, { taken: "2025-07-14T11:40:00.25+02:00" })) ?? "",
    /11:40 \+02:00$|11:40\+02:00$/,
  );
  assert.equal(format.taken(photo("a")), null);
});

test("a date is as precise as it is known", () => {
  const partial = (taken: string, precision: string) => photo("a", 0, { taken, taken_precision: precision });
  assert.equal(format.taken(partial("1955-01-01T00:00:00", "year")), "1955");
  assert.match(format.taken(partial("1955-06-01T00:00:00", "month")) ?? "", /^\w+ 1955$/);
  assert.match(format.taken(partial("1955-06-14T00:00:00", "day")) ?? "", /14.*1955$/);
  assert.equal(format.dayOf(partial("1955-06-01T00:00:00", "month")), "1955-06");
  assert.match(format.taken(photo("a", 0, { taken_source: "upload" })) ?? "", /^No date in the file/);
});

test("a label tells the subject, the day and the marks", () => {
  const at = { taken: "2025-07-14T11:40:00" };
  assert.match(format.label(photo("a", 0, at)), /^a\.jpg, .*2025$/);
  assert.match(format.label(photo("a", 0, { ...at, caption: "Lake", favourite: true })), /^Lake, .*2025, favourite$/);
  assert.match(
    format.label(photo("a", 0, { terms: { label: ["Dog", "Cat", "Cow", "Hen"] } })),
    /^Photo of Dog, Cat, Cow$/,
  );
  assert.match(format.label(photo("a", 0, { state: "partial" })), /^a\.jpg, incomplete$/);
});

test("a file in the inbox is named by its path there", () => {
  assert.equal(format.path({ key: "../inbox/a.jpg" }), "inbox/a.jpg");
  assert.equal(format.fileName({ key: "2025/a.jpg" }), "a.jpg");
});

test("facets have names, and their values words", () => {
  assert.equal(facetName("camera"), "Camera");
  assert.equal(filterName({ facet: "favourite", value: "true" }), "Favourites");
  assert.equal(valueName("rating", "3"), "★★★☆☆");
  assert.equal(valueName("rating", "-1"), "Rejected");
  assert.equal(valueName("rating", "9"), "9");
  assert.equal(valueName("on", "99-99"), "99-99");
  assert.equal(filterUrl("city", "A&B"), "/?city=A%26B");
});

test("an address has a view, a filter and a photo", () => {
  const route = (address: string) => parseRoute(new URL(address, "http://localhost/"), ["city", "camera"]);
  assert.deepEqual(route("/"), { view: "photos", filter: null, photo: null });
  assert.deepEqual(route("/?browse"), { view: "browse", filter: null, photo: null });
  assert.deepEqual(route("/?failed"), { view: "failed", filter: null, photo: null });
  assert.deepEqual(route("/?city=Bergen#photo=abc"), {
    view: "photos",
    filter: { facet: "city", value: "Bergen" },
    photo: "abc",
  });
  assert.deepEqual(route("/?colour=red&camera="), { view: "photos", filter: null, photo: null });
});

test("codes of the history are words; others are shown as they are", () => {
  const entry = (what: string, detail: string | null) => entryText({ when: "", what, detail });
  assert.equal(entry("dated", "exif.digitized"), "Date: from EXIF (date digitized)");
  assert.equal(entry("dated", "uploaded"), "Date: No date in the file; upload time used");
  assert.equal(entry("dated", "crystal.ball"), "Date: crystal.ball");
  assert.equal(entry("rendered", null), "Sizes created");
  assert.equal(entry("signed", "exif"), "signed: exif");
});

test("days keep the photos' order, and stay the same object while their photos do", () => {
  const [a, b, c] = ["2025-07-14T12:00:00", "2025-07-14T11:00:00", "2024-01-01T00:00:00"].map((taken, at) =>
    photo(`p${at}`, 0, { taken }),
  );
  assert.ok(a && b && c);
  const days = byDay([a, b, c], []);
  assert.deepEqual(
    days.map(({ day, photos }) => [day, photos.length]),
    [
      ["2025-07-14", 2],
      ["2024-01-01", 1],
    ],
  );
  const later = byDay([a, c], days);
  assert.notEqual(later[0], days[0]);
  assert.equal(later[1], days[1]);
});

test("a placeholder is a grid of opaque colours", () => {
  const { width, height, pixels } = decode(btoa(String.fromCharCode(2, 1, 1, 2, 3, 4, 5, 6)));
  assert.deepEqual([width, height, [...pixels]], [2, 1, [1, 2, 3, 255, 4, 5, 6, 255]]);
});

test("renditions are the sources of an image", () => {
  const sizes = [2048, 512].map((width) => ({ name: `${width}`, width, height: 1, url: `http://s3/${width}` }));
  assert.equal(srcset({ renditions: sizes }), "http://s3/2048 2048w, http://s3/512 512w");
});

test("an address is renewed whenever it has expired, and not at once again", () => {
  const renewals = new Renewals();
  const times = [0, 1000, 29_999, 31_000, 32_000, 4_000_000];
  assert.deepEqual(
    times.map((time) => renewals.allow(time)),
    [true, false, false, true, false, true],
  );
});

test("the wait grows while nothing changes, up to half a minute", () => {
  let wait = 1500;
  for (let count = 0; count < 50; count += 1) wait = nextWait(wait, "unchanged");
  assert.equal(wait, 30_000);
  assert.equal(nextWait(wait, "changed"), 1500);
  assert.ok(nextWait(2000, "failed") > nextWait(2000, "unchanged"));
});
