import assert from "node:assert/strict";
import { test } from "node:test";
import { PhotoList } from "../core/photo-list";
import { pause, random, Server } from "./server";

const SIZE = 20;

const ids = (list: PhotoList) => list.photos.map(({ id, updated }) => `${id} ${updated}`);
const wanted = (server: Server) => server.photos_.map(({ photo: { id, updated } }) => `${id} ${updated}`);

/** Load pages and refresh until nothing changes any more. */
async function settle(list: PhotoList, server: Server): Promise<void> {
  // Each refresh compares two pages besides the first.
  const rounds = server.photos_.length / SIZE + 3;
  for (let quiet = 0; quiet < rounds; ) {
    await list.more();
    quiet = (await list.refresh()) ? 0 : quiet + 1;
  }
}

for (let seed = 1; seed <= 10; seed += 1) {
  test(`a list that is loaded while the library changes has every photo once, in order (${seed})`, async () => {
    const next = random(seed);
    const pick = (below: number) => Math.floor(next() * below);
    const server = new Server(next);
    for (let count = [0, 1, 19, 20, 21, 40, 333][seed % 7] ?? 0; count > 0; count -= 1) server.add();
    const list = new PhotoList(server, {}, SIZE);
    const calls: Promise<unknown>[] = [];
    const acts = [
      () => calls.push(list.more()),
      () => calls.push(list.refresh()),
      () => server.add(pick(2) ? server.newest() : undefined),
      () => Array.from({ length: pick(3 * SIZE) }, () => server.add(server.newest())),
      () => server.remove(pick(server.photos_.length), pick(2 * SIZE)),
      () => server.change(pick(server.photos_.length), pick(2) === 0),
    ];
    for (let step = 0; step < 60; step += 1) {
      acts[pick(acts.length)]?.();
      await pause(next() * 3);
      assert.equal(new Set(list.photos.map(({ id }) => id)).size, list.photos.length);
    }
    await Promise.all(calls);
    await settle(list, server);
    assert.deepEqual(ids(list), wanted(server));
  });
}

test("a page that arrives during a refresh is not lost, without any further refresh", async () => {
  const server = new Server(random(1));
  for (let count = 0; count < 10 * SIZE; count += 1) server.add();
  const list = new PhotoList(server, {}, SIZE);
  for (let page = 0; page < 5; page += 1) await list.more();
  for (let page = 0; page < 5; page += 1) {
    server.add(server.newest());
    await Promise.all([list.refresh(), list.more()]);
  }
  assert.deepEqual(ids(list), wanted(server));
});

test("photos that are pushed over the end of a page are still there", async () => {
  const server = new Server(random(1));
  for (let count = 0; count < 3 * SIZE; count += 1) server.add();
  const list = new PhotoList(server, {}, SIZE);
  for (let page = 0; page < 4; page += 1) await list.more();
  for (let count = 0; count < 5; count += 1) server.add(server.newest());
  await list.refresh();
  assert.deepEqual(ids(list), wanted(server));
});

test("an idle list is answered that nothing has changed, by a few pages in turn", async () => {
  const server = new Server(random(1));
  for (let count = 0; count < 10 * SIZE; count += 1) server.add();
  const list = new PhotoList(server, {}, SIZE);
  while (!list.complete) await list.more();
  server.answered = [];
  assert.equal(await list.refresh(), false);
  assert.deepEqual(server.answered, ["unchanged", "unchanged", "unchanged"]);
  server.change(7 * SIZE, false);
  for (let count = 0; count < 5; count += 1) await list.refresh();
  assert.deepEqual(ids(list), wanted(server));
});

test("a photo that has not changed stays the same object, with new addresses", async () => {
  const server = new Server(random(1));
  for (let count = 0; count < 3; count += 1) server.add();
  const list = new PhotoList(server, {}, SIZE);
  await list.more();
  const before = [...list.photos];
  server.add(server.newest());
  const oldest = server.photos_.at(-1);
  if (oldest) oldest.photo = { ...oldest.photo, renditions: [] };
  await list.refresh();
  assert.equal(list.photos.length, 4);
  assert.ok(before.every((photo) => list.photos.includes(photo)));
});

test("a change that is written here is not undone by a list that is behind", async () => {
  const server = new Server(random(1));
  server.add();
  const list = new PhotoList(server, {}, SIZE);
  await list.more();
  const [photo] = list.photos;
  assert.ok(photo);
  list.update({ ...photo, caption: "new", updated: "999999999999" });
  server.add(server.newest());
  await list.refresh();
  assert.deepEqual(
    list.photos.map(({ caption }) => caption),
    [null, "new"],
  );
  list.remove(photo.id);
  assert.equal(list.photos.length, 1);
});
