/* The jobs of sharp: `node bench/sharp.mjs JOB PHOTO`, a line of standard input for each run. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import sharp from "sharp";

const SIZES = [2048, 1024, 512, 256];
const QUALITY = { quality: 80 };
const LARGEST_PREVIEW = 1 << 30;
const within = (size) => [size, size, { fit: "inside", withoutEnlargement: true }];
sharp.cache(false);

/** As its guide has it: one input, a clone for each size. */
async function clone(content, sizes = SIZES) {
  const image = sharp(content).rotate();
  return Promise.all(sizes.map((size) => image.clone().resize(...within(size)).jpeg(QUALITY).toBuffer()));
}

/** The fastest way found to use it: resize once to raw pixels, and derive the rest from them. */
async function derive(content) {
  const { data, info } = await sharp(content).rotate().resize(...within(SIZES[0])).raw().toBuffer({ resolveWithObject: true });
  const from = () => sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
  await Promise.all(SIZES.map((size) => from().resize(...within(size)).jpeg(QUALITY).toBuffer()));
}

/** A RAW file's preview, as dcraw takes it out. */
const preview = () => clone(execFileSync("dcraw", ["-e", "-c", photo], { maxBuffer: LARGEST_PREVIEW }));

/** The renditions of clone(), kept in the folder to be looked at. */
async function keep(content) {
  mkdirSync(folder, { recursive: true });
  const renditions = await clone(content);
  renditions.forEach((rendition, at) => writeFileSync(`${folder}/${SIZES[at]}.jpg`, rendition));
}

const jobs = { clone, derive, preview, keep, one: (content) => clone(content, [512]) };
const [job, photo, folder] = process.argv.slice(2);
const content = readFileSync(photo);
for await (const _ of createInterface({ input: process.stdin })) {
  const start = process.hrtime.bigint();
  await jobs[job](content);
  console.log(Number(process.hrtime.bigint() - start) / 1e9);
}
