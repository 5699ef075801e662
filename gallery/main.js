import { Api } from "./api.js";
import { browsed, isBrowsing } from "./browse.js";
import { byId, element } from "./dom.js";
import { failedList } from "./failed.js";
import * as format from "./format.js";
import { Grid } from "./grid.js";
import { Library } from "./library.js";
import { askedFor, named } from "./lists.js";
import { Session } from "./session.js";
import { Viewer } from "./viewer.js";

// How long until the next look for changes: soon while there are some, later and later while there are none.
const SOON_MS = 1500;
const LATE_MS = 30_000;

const files = (count) => (count === 1 ? "1 file" : `${count} files`);
const content = byId("content");
const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

function say(text) {
  byId("banner").hidden = !text;
  byId("banner").textContent = text;
}

function empty(list) {
  return list
    ? element("section", { className: "empty" }, element("h1", { textContent: "No photos here" }))
    : inviting();
}

function inviting() {
  return element(
    "section",
    { className: "empty" },
    element("h1", { textContent: "Your library is empty" }),
    element("p", {
      textContent: "Put photos into the originals bucket, with any S3 client, and watch them appear here:",
    }),
    element("code", { textContent: "aws s3 sync ~/Pictures s3://ORIGINALS-BUCKET/originals/" }),
  );
}

/** Shows the library until the session is over. */
async function show(session) {
  const list = askedFor();
  const library = new Library(new Api(session), list);
  byId("list").hidden = !list;
  if (list) byId("list").firstElementChild.textContent = named(list);
  const grid = new Grid(library, list ? named(list) : "All photos", (id) => viewer.open(id));
  const viewer = new Viewer(library, (photo) => photo && grid.focus(photo));
  const views = {
    photos: () => (library.photos.length ? grid.element : empty(list)),
    browse: () => (shelves ??= browsed(library.api)),
    failed: () => failedList(library.failed, () => turn("photos"), (photo) => library.reprocess(photo)),
  };
  let view = isBrowsing() ? "browse" : "photos";
  let shelves = null;
  const draw = () => {
    if (library.photos.length) grid.show();
    const current = views[view]();
    if (view === "failed" || content.firstChild !== current) content.replaceChildren(current);
    const count = library.failed.length;
    byId("failed-notice").hidden = !count;
    byId("failed-notice").textContent = `${library.failures.loadedAll ? "" : "More than "}${files(count)} cannot be shown`;
  };
  const turn = (name) => {
    view = name;
    draw();
  };
  byId("failed-notice").onclick = () => turn("failed");
  byId("bar").hidden = false;
  let followed = false;
  library.addEventListener("change", draw);
  await watch(session, library, async () => {
    if (!followed) [followed] = [true, await viewer.follow()];
  });
  viewer.dialog.remove();
}

/** Look for changes until the session is over; while the tab is hidden, wait until it is shown. */
async function watch(session, library, looked) {
  for (let wait = SOON_MS; session.signedIn;) {
    try {
      const changed = await library.refresh();
      wait = changed ? SOON_MS : Math.min(LATE_MS, wait * 1.3);
      say("");
      await looked();
    } catch (error) {
      if (!session.signedIn) break;
      say(`${format.fault(error)} Trying again…`);
      wait = Math.min(LATE_MS, wait * 2);
    }
    await sleep(wait);
    await shown();
  }
}

/** Resolves when the tab is visible. */
const shown = () =>
  document.hidden && new Promise((visible) => document.addEventListener("visibilitychange", visible, { once: true }));

async function main() {
  const session = await Session.open();
  byId("sign-out").onclick = () => {
    session.signOut();
    location.replace("/");
  };
  for (;;) {
    if (!session.signedIn) session.keep(await session.kind.ask(session.config, content));
    await show(session);
    byId("bar").hidden = true;
    say("You have been signed out. Sign in again.");
  }
}

main().catch((error) => say(`The gallery could not start: ${error.message}`));
