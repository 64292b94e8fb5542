import { existsSync } from "node:fs";
import { delimiter, resolve } from "node:path";
import { chromium } from "playwright-core";

/** Starts a headless Chromium, found on the PATH, that asks no network for anything of its own. */
export const launch = (program) => {
  const places = process.env.PATH.split(delimiter).map((folder) => resolve(folder, program));
  return chromium.launch({
    executablePath: places.find(existsSync),
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
};
