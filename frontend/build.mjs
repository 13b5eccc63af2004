// Builds static/dist/ from frontend/: one style sheet, one script, htmx, and the fonts.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { rollup } from "@rollup/wasm-node";
import * as sass from "sass";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const from = (...parts) => join(root, "node_modules", ...parts);
const dist = join(root, "static", "dist");

const FACES = { "source-sans-3": "normal italic", "source-serif-4": "normal italic" };

function fresh() {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(join(dist, "fonts"), { recursive: true });
}

function fonts() {
  for (const [family, styles] of Object.entries(FACES)) {
    for (const style of styles.split(" ")) {
      for (const subset of ["latin", "latin-ext"]) {
        const name = `${family}-${subset}-wght-${style}.woff2`;
        copyFileSync(from("@fontsource-variable", family, "files", name), join(dist, "fonts", name));
      }
    }
  }
}

function styles() {
  const { css } = sass.compile(join(root, "frontend", "scss", "portal.scss"), {
    style: "compressed",
    loadPaths: [from()],
  });
  writeFileSync(join(dist, "portal.css"), css);
}

async function scripts() {
  const bundle = await rollup({ input: join(root, "frontend", "js", "portal.mjs") });
  await bundle.write({ file: join(dist, "portal.js"), format: "es" });
  await bundle.close();
  copyFileSync(from("htmx.org", "dist", "htmx.min.js"), join(dist, "htmx.min.js"));
}

function report() {
  for (const name of ["portal.css", "portal.js", "htmx.min.js"]) {
    const bytes = readFileSync(join(dist, name));
    const small = (gzipSync(bytes).length / 1024).toFixed(1);
    console.log(`${name.padEnd(12)} ${(bytes.length / 1024).toFixed(1)} kB, ${small} kB gzip`);
  }
}

export async function build() {
  fresh();
  fonts();
  styles();
  await scripts();
  report();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await build();
