// Analyses one article, or a corpus over one stream.

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { clearLine, cursorTo } from "node:readline";
import { parseArgs } from "node:util";
import { Metadata } from "@grpc/grpc-js";
import { SingleBar } from "cli-progress";
import { OffsetEncoding } from "../gen/newsprism/v1/article.js";
import { sentimentLabelToJSON, type Sentiment } from "../gen/newsprism/v1/entity.js";
import {
  AnalyzeArticleRequest,
  type AnalyzeArticleResponse,
  type ArticleAnalysisServiceClient,
} from "../gen/newsprism/v1/service.js";
import { stanceToJSON } from "../gen/newsprism/v1/stance.js";
import { connect } from "./connection.js";
import { analyzeCorpus } from "./corpus.js";
import { describe, statusOf } from "./errors.js";
import { checkSpans } from "./spans.js";

const USAGE = `newsprism-client [OPTIONS] analyze FILE, or newsprism-client [OPTIONS] stream FILE...
  --server HOST:PORT     default: localhost:50051
  --service-config FILE  default: ../service-config.json
  --deadline SECONDS     of an article; default: 30
  --ca FILE              the server's authority, PEM: speak TLS
  --cert FILE            this client's certificate, PEM: mutual TLS
  --key FILE             the certificate's key, PEM
  --target TEXT          detect the stance toward it; may be repeated
A bearer token is taken from the environment: NEWSPRISM_TOKEN.`;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    server: { type: "string", default: "localhost:50051" },
    "service-config": { type: "string", default: "../service-config.json" },
    deadline: { type: "string", default: "30" },
    ca: { type: "string" },
    cert: { type: "string" },
    key: { type: "string" },
    target: { type: "string", multiple: true, default: [] },
  },
});
const [command, ...files] = positionals;
const deadline = Number(options.deadline) * 1000;

async function main(): Promise<void> {
  const [file] = files;
  if (file === undefined || (command !== "stream" && (command !== "analyze" || files.length > 1))) {
    throw new Error(USAGE);
  }
  const service = connect({
    ...options,
    serviceConfig: options["service-config"],
    token: process.env.NEWSPRISM_TOKEN,
  });
  try {
    await (command === "analyze" ? analyze(service, file) : stream(service, files));
  } finally {
    service.close();
  }
}

async function analyze(service: ArticleAnalysisServiceClient, file: string): Promise<void> {
  const request = analysisOf(file);
  const answer = await new Promise<AnalyzeArticleResponse>((resolve, reject) => {
    const until = { deadline: Date.now() + deadline };
    service.analyzeArticle(request, new Metadata(), until, (error, answer) => (error ? reject(error) : resolve(answer)));
  });
  print(answer);
  const count = checkSpans(request.article!, answer);
  console.log(`${count} spans in UTF-16 units, each gives its own text`);
}

async function stream(service: ArticleAnalysisServiceClient, files: string[]): Promise<void> {
  const requests = new Map(files.map((file) => [basename(file), analysisOf(file)]));
  const bar = new SingleBar({ format: "{bar} {value}/{total} articles, {eta_formatted}" });
  let [read, refused, spans] = [0, 0, 0];
  const say = (line: string) => {
    if (process.stderr.isTTY) {
      clearLine(process.stderr, 0);
      cursorTo(process.stderr, 0);
    }
    console.log(line);
  };
  bar.start(requests.size, 0);
  try {
    for await (const [name, { outcome }] of analyzeCorpus(service, requests, deadline * requests.size)) {
      if (outcome?.$case === "analysis") {
        read++;
        spans += checkSpans(requests.get(name)!.article!, outcome.value);
        const { documentSentiment, entities } = outcome.value;
        say(`${name}: ${sentiment(documentSentiment)}, ${entities.length} entities`);
      } else if (outcome?.$case === "error") {
        refused++;
        say(`${name}: ${describe(outcome.value)}`);
      }
      bar.increment();
    }
  } finally {
    bar.stop();
  }
  console.log(`${read} read, ${refused} refused, ${spans} spans in UTF-16 units`);
}

/** The request for an article in a file, whose first line is the title. */
function analysisOf(file: string): AnalyzeArticleRequest {
  const [, title, content] = /^(.*?)\r?(?:\n([^]*))?$/.exec(readFileSync(file, "utf8")) ?? [];
  const targets = options.target.map((text) => ({ text }));
  return AnalyzeArticleRequest.fromPartial({
    article: { articleId: basename(file), title, content },
    options: { offsetEncoding: OffsetEncoding.OFFSET_ENCODING_UTF16_CODE_UNITS },
    features: { summary: {}, entities: {}, segments: {}, stance: targets.length > 0 ? { targets } : undefined },
  });
}

function print(answer: AnalyzeArticleResponse): void {
  console.log("Summary");
  for (const { span } of answer.summary!.sentences) console.log(`  • ${span!.text}`);
  console.log("Entities");
  for (const entity of answer.entities) {
    console.log(`  ${entity.name}: ${sentiment(entity.sentiment)}, ${entity.mentions.length} mentions`);
  }
  if (answer.stances.length > 0) console.log("Stance");
  for (const { text, stance, score } of answer.stances) {
    console.log(`  ${text}: ${stanceToJSON(stance).replace("STANCE_", "").toLowerCase()} ${signed(score)}`);
  }
}

function sentiment(sentiment: Sentiment | undefined): string {
  const label = sentimentLabelToJSON(sentiment?.label ?? 0).replace("SENTIMENT_LABEL_", "");
  return `${label.toLowerCase()} ${signed(sentiment?.score ?? 0)}`;
}

function signed(score: number): string {
  return (score < 0 ? "" : "+") + score.toFixed(2);
}

try {
  await main();
} catch (error) {
  const failed = error instanceof Error && "metadata" in error;
  console.error(failed ? describe(statusOf(error as never)) : (error as Error).message);
  process.exitCode = 1;
}
