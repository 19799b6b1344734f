import { render } from "preact";
import { App } from "./app.tsx";
import { connectHost } from "./host.ts";
import "./main.css";
import { PageModel } from "./pageModel.ts";
import { registerToolkit } from "./ui/toolkit.ts";

registerToolkit();
const model = new PageModel(connectHost());
const root = document.getElementById("app");
if (root !== null) {
  model.start((state) => render(<App model={model} state={state} />, root));
}
