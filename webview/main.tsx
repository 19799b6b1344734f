import { render } from "preact";
import "./main.css";

const app = document.getElementById("app");
if (app !== null) render(<h1>SMB Lens</h1>, app);
