/* The jobs of sharp: `node bench/sharp.mjs JOB PHOTO`, a line of standard input for each run. */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import sharp from "sharp";

const SIZES = [2048, 1024, 512, 256];
const QUALITY = { quality: 80 };
const within = (size) => [size, size, { fit: "inside", withoutEnlargement: true }];
sharp.cache(false);

/** As its guide has it: one input, a clone for each size. */
async function clone(content, sizes = SIZES) {
  const image = sharp(content).rotate();
  await Promise.all(sizes.map((size) => image.clone().resize(...within(size)).jpeg(QUALITY).toBuffer()));
}

/** The fastest way found to use it: resize once to raw pixels, and derive the rest from them. */
async function derive(content) {
  const { data, info } = await sharp(content).rotate().resize(...within(SIZES[0])).raw().toBuffer({ resolveWithObject: true });
  const from = () => sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
  await Promise.all(SIZES.map((size) => from().resize(...within(size)).jpeg(QUALITY).toBuffer()));
}

const jobs = { clone, derive, one: (content) => clone(content, [512]) };
const [job, photo] = process.argv.slice(2);
const content = readFileSync(photo);
for await (const _ of createInterface({ input: process.stdin })) {
  const start = process.hrtime.bigint();
  await jobs[job](content);
  console.log(Number(process.hrtime.bigint() - start) / 1e9);
}
