import { render } from "preact";
import { App } from "./app.tsx";
import { connectHost } from "./host.ts";
import "./main.css";
import { PageModel } from "./pageModel.ts";
import { registerToolkit } from "./ui/toolkit.ts";

registerToolkit();
const root = document.getElementById("app");
if (root !== null) render(<App model={new PageModel(connectHost())} />, root);
