// Takes the README's picture of a page: node picture.js PAGE.html PICTURE.png
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./launch.js";

const [page, picture] = process.argv.slice(2);
const browser = await launch(process.env.CHROMIUM ?? "chromium");
const tab = await browser.newPage({ viewport: { width: 1280, height: 880 } });
await tab.goto(pathToFileURL(resolve(page)).href);
await tab.locator("#stance-1 h3").hover();
await tab.screenshot({ path: picture });
await browser.close();
