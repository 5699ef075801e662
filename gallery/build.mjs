/* Bundles the page into dist/: one script, one style sheet, both named by their content, and the page that loads them. */

import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const DIST = join(HERE, "dist");
// Chromium, Firefox and Safari of 2023 and later.
const TARGET = ["chrome111", "firefox113", "safari16.4"];

await rm(DIST, { recursive: true, force: true });
await mkdir(DIST, { recursive: true });

const { metafile } = await build({
  absWorkingDir: HERE,
  entryPoints: ["main.ts", "style/main.css"],
  entryNames: "[name]-[hash]",
  outdir: DIST,
  bundle: true,
  minify: true,
  format: "esm",
  target: TARGET,
  legalComments: "eof",
  metafile: true,
  logLevel: "warning",
});

// By the name of its source, the path that the page loads a file from.
const addresses = Object.fromEntries(
  Object.entries(metafile.outputs).map(([path, { entryPoint }]) => [
    basename(entryPoint).replace(/\.ts$/, ".js"),
    `/gallery/${relative(DIST, join(HERE, path))}`,
  ]),
);
const icon = await readFile(join(HERE, "favicon.svg"), "utf8");
// Within the page, the icon is no request of its own.
addresses["favicon.svg"] = `data:image/svg+xml,${encodeURIComponent(icon.trim())}`;

const template = await readFile(join(HERE, "index.html"), "utf8");
const page = template.replace(/%([\w.]+)%/g, (_, name) => {
  if (!addresses[name]) throw new Error(`index.html asks for ${name}, which is not built.`);
  return addresses[name];
});
await writeFile(join(DIST, "index.html"), page);

for (const path of [...Object.keys(metafile.outputs).map((path) => join(HERE, path)), join(DIST, "index.html")]) {
  const content = await readFile(path);
  await writeFile(`${path}.br`, brotliCompressSync(content));
  await writeFile(`${path}.gz`, gzipSync(content, { level: 9 }));
}
