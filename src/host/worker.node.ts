import { isMainThread, parentPort } from "node:worker_threads";
import type { FromWorker, ToWorker } from "../protocol/worker.ts";
import { AnalysisSession } from "./analysisSession.ts";
import { AnswerParts } from "./answerParts.ts";
import { openFile } from "./fileByteSource.node.ts";
import { unpackFile } from "./packed/unpackFile.node.ts";

/** Entry of the analysis worker: one capture, asked over messages until `close`. */
function serve(port: NonNullable<typeof parentPort>): void {
  const send = (message: FromWorker) => port.postMessage(message);
  const parts = new AnswerParts(send);
  const session = new AnalysisSession({
    openPath: openFile,
    unpack: unpackFile,
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    now: () => performance.now(),
    progress: (progress) => send({ type: "progress", progress }),
    log: (level, text) => send({ type: "log", level, text }),
  });
  port.on("message", (message: ToWorker) => {
    switch (message.type) {
      case "request":
        session
          .answer(message.name, message.request)
          .then((answer) => parts.answer(message.id, answer))
          .catch((error: unknown) => send({ type: "failed", id: message.id, message: reasonOf(error) }));
        return;
      case "more":
        return parts.more(message.id);
      case "stop":
        return session.stop();
      case "close":
        void session.close().finally(() => port.close());
    }
  });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

if (!isMainThread && parentPort !== null) serve(parentPort);
