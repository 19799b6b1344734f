import type { FromWebview, ToWebview, WebviewState } from "../src/protocol/messages.ts";

/** The other side of the page: takes messages, sends messages, and keeps the page's state over a reload. */
export interface Host {
  post(message: FromWebview): void;
  keep(state: WebviewState): void;
  /** State of an earlier page of this editor; null for the first one. */
  kept(): WebviewState | null;
  listen(listener: (message: ToWebview) => void): void;
}

/** Connects to the extension; VS Code allows it once a page. */
export function connectHost(): Host {
  const api = acquireVsCodeApi<WebviewState>();
  return {
    post: (message) => api.postMessage(message),
    keep: (state) => void api.setState(state),
    kept: () => api.getState() ?? null,
    listen: (listener) => addEventListener("message", (event: MessageEvent<ToWebview>) => listener(event.data)),
  };
}
