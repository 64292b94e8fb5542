// Spans, which index the very strings that were sent, since their offsets are asked for in UTF-16 units.

import { SourceField, type Article, type TextSpan } from "../gen/newsprism/v1/article.js";

/** How many spans an answer has, each of which gives its own text; throws if one doesn't. */
export function checkSpans(article: Article, answer: object): number {
  let count = 0;
  for (const { field, startOffset, endOffset, text } of spansIn(answer)) {
    const source = field === SourceField.SOURCE_FIELD_TITLE ? article.title : article.content;
    const slice = source.slice(startOffset, endOffset);
    if (slice !== text) throw new Error(`[${startOffset}, ${endOffset}) is "${slice}", not "${text}"`);
    count++;
  }
  return count;
}

/** Every span within a message, at any depth. */
function* spansIn(value: unknown): Generator<TextSpan> {
  if (typeof value !== "object" || value === null) return;
  if (isSpan(value)) yield value;
  else for (const part of Object.values(value)) yield* spansIn(part);
}

function isSpan(value: object): value is TextSpan {
  return "startOffset" in value && "endOffset" in value;
}
