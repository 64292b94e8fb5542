// What a reader sees and can do on the page, in a real browser. Run by tests/html_page/main.rs, which makes the pages.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launch } from "./launch.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const { CHROMIUM, ARTICLE, PAGE, HOSTILE_ARTICLE, HOSTILE_PAGE } = process.env;
const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

let browser;
before(async () => {
  browser = await launch(CHROMIUM);
});
after(() => browser.close());

/** Opens a page; whatever it complains of or asks a network for fails the test. */
async function open(t, file, options = {}) {
  const context = await browser.newContext({ viewport: WIDE, ...options });
  t.after(() => context.close());
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("dialog", (dialog) => faults.push(dialog.message()));
  page.on("request", (request) => request.url().startsWith("file:") || faults.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  t.after(() => assert.deepEqual(faults, []));
  return page;
}

/** The article's paragraphs: in these articles each line is one. */
const lines = (file) => readFileSync(file, "utf8").split("\n").map((line) => line.trim()).filter(Boolean);

const texts = (page) => page.locator(".text").evaluateAll((all) => all.map((one) => one.textContent));
const lit = (page) => page.locator(".text .lit").evaluateAll((all) => all.map((one) => one.textContent));
const status = (page) => page.locator(".status [role=status]").textContent();
const card = (page, name) => page.locator(".card", { has: page.getByRole("heading", { name }) });

test("the text of the page is the article's, with scripts or without", async (t) => {
  for (const javaScriptEnabled of [true, false]) {
    const page = await open(t, PAGE, { javaScriptEnabled });
    assert.deepEqual(await texts(page), lines(ARTICLE));
  }
});

test("roles are told in words, and what was set aside can be hidden", async (t) => {
  const page = await open(t, PAGE);
  const caption = page.locator(".paragraph", { hasText: "A woman buys bread" });
  assert.match(await caption.locator(".notes").innerText(), /caption, set aside/);
  assert.equal(await page.locator("h3.text").innerText(), lines(ARTICLE)[0]);
  await page.getByLabel("set aside").uncheck();
  assert.equal(await caption.isVisible(), false);
  assert.equal(await page.locator(".paragraph.body").first().isVisible(), true);
});

test("pointing at an entity lights its mentions and no others", async (t) => {
  const page = await open(t, PAGE);
  const entity = card(page, /Ilse Marant/).last();
  const key = await entity.getAttribute("data-lights");
  await entity.getByRole("heading").hover();
  const words = await lit(page);
  assert.ok(words.filter((word) => /Marant/.test(word)).length >= 3, words.join());
  assert.equal(words.length, await page.locator(`.text [data-of~="${key}"]`).count());
  assert.match(await status(page), /Ilse Marant: \d+ mentions · \d+ in the text/);
  await page.mouse.move(1270, 790);
  assert.deepEqual(await lit(page), []);
  assert.equal(await page.locator(".status").isVisible(), false);
});

test("a name in the text tells whose it is and what is said there", async (t) => {
  const page = await open(t, PAGE);
  await page.locator(".text .mention", { hasText: "Radek Osman" }).first().hover();
  assert.match(await status(page), /Radek Osman \(person\), by name, in the article's words: \w+ [+−]?0\.\d\d/);
});

test("words are linked to who says them", async (t) => {
  const page = await open(t, PAGE);
  const quote = page.locator(".text .said", { hasText: "Doing nothing would hurt" }).first();
  const note = page.locator(".paragraph", { has: quote }).locator(".note-voice a");
  assert.equal(await note.innerText(), "Ilse Marant");
  await note.focus();
  const words = await lit(page);
  assert.ok(words.some((one) => one.includes("Doing nothing would hurt")) && words.some((one) => one.endsWith("Marant")), words.join());
  await note.click();
  const voice = page.locator("details.card", { hasText: "Ilse Marant" });
  assert.equal(await voice.getAttribute("open"), "");
  const line = voice.locator("li", { hasText: "Doing nothing would hurt" });
  assert.match(await line.innerText(), /quoted$/);
  await line.getByRole("link").click();
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Doing nothing would hurt/);
});

test("a stance lights its evidence, also from the keyboard", async (t) => {
  const page = await open(t, PAGE);
  const stance = page.locator("#stance-2");
  assert.match(await stance.innerText(), /The central bank should raise interest rates[^]*the article\s+\S* ?(favour|against|neutral)/);
  await stance.getByRole("heading").hover();
  const evidence = await lit(page);
  assert.equal(evidence.length, await stance.locator(".lines li").count());
  assert.ok(evidence.length > 1 && evidence.every((sentence) => sentence.split(" ").length > 3), evidence.join());
  const more = stance.locator("summary");
  await more.focus();
  assert.deepEqual(await lit(page), evidence);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.equal((await lit(page)).length, 1);
  await page.keyboard.press("Enter");
  assert.match(await page.evaluate(() => document.activeElement.id), /^passage-/);
  await page.keyboard.press("Escape");
  assert.deepEqual(await lit(page), []);
  assert.equal(await stance.locator(".lines a").first().evaluate((it) => it === document.activeElement), true);
  assert.match(await card(page, "Elon Musk").innerText(), /None: the article says nothing about it/);
});

test("sentiment by voice has bars of the score's length on its side", async (t) => {
  const page = await open(t, PAGE);
  const rows = page.locator(".scores tbody tr");
  assert.ok((await rows.count()) > 5);
  for (const row of await rows.all()) {
    const score = Number((await row.locator(".verdict .number").textContent()).replace("−", "-"));
    const { x, width } = await row.locator(".fill").evaluate((bar) => ({ x: bar.x.baseVal.value, width: bar.width.baseVal.value }));
    assert.ok(Math.abs(width - 50 * Math.abs(score)) < 0.5, `${width} for ${score}`);
    assert.ok(Math.abs(x - (score < 0 ? 50 + 50 * score : 50)) < 0.5, `${x} for ${score}`);
  }
  const tables = await page.locator(".scores").all();
  const voices = await Promise.all(tables.map((table) => table.locator("th[scope=row]").allInnerTexts()));
  const apart = (names) => names.includes("over all") && names.includes("the article") && names.some((name) => /mention/.test(name));
  assert.ok(voices.some(apart), voices.join("; "));
});

test("the keyboard goes through the mentions of an entity and back", async (t) => {
  const page = await open(t, PAGE);
  const name = card(page, /Ilse Marant/).last().getByRole("link").first();
  await name.focus();
  await page.keyboard.press("Enter");
  const focused = () => page.evaluate(() => document.activeElement.id);
  const first = await focused();
  assert.match(first, /^mention-\d+-1$/);
  assert.match(await status(page), /1 of \d+/);
  await page.keyboard.press("ArrowRight");
  assert.equal(await focused(), first.replace(/1$/, "2"));
  assert.match(await status(page), /2 of \d+/);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Escape");
  assert.equal(await name.evaluate((it) => it === document.activeElement), true);
});

test("the summary's sentences are marked in the text and lead there", async (t) => {
  const page = await open(t, PAGE);
  const sentences = await page.locator("#summary li").allInnerTexts();
  assert.equal(sentences.length, 3);
  assert.deepEqual(await page.locator(".text .in-summary").allTextContents(), sentences);
  await page.locator("#summary li a").last().click();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), sentences[2]);
});

test("the page is accessible, light and dark, wide and narrow", async (t) => {
  for (const colorScheme of ["light", "dark"]) {
    for (const viewport of [WIDE, PHONE]) {
      const page = await open(t, PAGE, { colorScheme, viewport });
      await page.evaluate(axe);
      for (const state of ["as it opens", "lit and all open"]) {
        if (state !== "as it opens") {
          await page.locator("details").evaluateAll((all) => all.forEach((one) => (one.open = true)));
          await card(page, /Ilse Marant/).last().getByRole("link").first().click();
        }
        const { violations } = await page.evaluate(() => window.axe.run());
        const found = violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html + " " + n.failureSummary)}`);
        assert.deepEqual(found, [], `${colorScheme} at ${viewport.width}, ${state}`);
      }
    }
  }
});

test("light and dark differ, and a phone needs no sideways scrolling", async (t) => {
  const ground = async (options) => (await open(t, PAGE, options)).evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.notEqual(await ground({ colorScheme: "light" }), await ground({ colorScheme: "dark" }));
  const phone = await open(t, PAGE, { viewport: PHONE });
  assert.ok(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  assert.equal(await phone.locator("h3.text").isVisible(), true);
});

test("motion is reduced where that is asked for, and print shows the page without its controls", async (t) => {
  const page = await open(t, PAGE, { reducedMotion: "reduce" });
  const scrolling = () => page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior);
  assert.equal(await scrolling(), "auto");
  await page.emulateMedia({ reducedMotion: "no-preference", media: "print" });
  assert.equal(await page.locator(".switches").isVisible(), false);
  assert.equal(await page.locator("#summary").isVisible(), true);
  assert.equal(await page.locator("h3.text").isVisible(), true);
});

test("an article full of markup is shown as it is and runs nothing", async (t) => {
  const page = await open(t, HOSTILE_PAGE);
  assert.deepEqual(await texts(page), lines(HOSTILE_ARTICLE));
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  assert.equal(await page.locator(".text :not(span)").count(), 0);
  assert.equal(await page.locator("script").count(), 1);
  assert.equal(await page.locator("img, iframe, object, main a[href*=':'], style + style").count(), 0);
  assert.ok((await page.locator(".card").count()) > 1);
  assert.match(await page.title(), /^<script>window.pwned = 1<\/script>/);
});

test("the policy blocks what might slip in", async (t) => {
  const context = await browser.newContext();
  t.after(() => context.close());
  const page = await context.newPage();
  await page.goto(pathToFileURL(PAGE).href);
  const blocked = await page.evaluate(async () => {
    const seen = [];
    document.addEventListener("securitypolicyviolation", (event) => seen.push(event.effectiveDirective));
    const script = document.createElement("script");
    script.textContent = "window.pwned = 1";
    const image = document.createElement("img");
    image.src = "https://example.com/x.png";
    const button = document.createElement("button");
    button.setAttribute("onclick", "window.pwned = 2");
    button.setAttribute("style", "color: red");
    document.body.append(script, image, button);
    button.click();
    await new Promise((resolve) => setTimeout(resolve, 100));
    return { seen: seen.sort(), pwned: window.pwned };
  });
  assert.equal(blocked.pwned, undefined);
  assert.deepEqual(blocked.seen, ["img-src", "script-src-attr", "script-src-elem", "style-src-attr"]);
});
