import { expect, test } from "vitest";
import { markdownText } from "../../src/extension/markdownText.ts";

test.each([
  ["[link](command:workbench.action.quit)", "\\[link\\](command:workbench.action.quit)"],
  ["![image](https://evil.example)", "!\\[image\\](https&#58;//evil.example)"],
  ["https://evil.example", "https&#58;//evil.example"],
  ["www.evil.example and me@evil.example", "www&#46;evil.example and me&#64;evil.example"],
  ["<img src=x> &lt; $(bug)", "&lt;img src=x> &amp;lt; \\$(bug)"],
  ["1. first\n# second\n> third\n- fourth", "1\\. first  \n\\# second  \n\\> third  \n\\- fourth"],
  ["a | b\n---\n===", "a \\| b  \n\\---  \n\\==="],
  ["    code", "&nbsp;&nbsp;&nbsp;&nbsp;code"],
  ["_emphasis_ and *strong*", "\\_emphasis\\_ and \\*strong\\*"],
  ["SMB2_GLOBAL_CAP_DFS of vni-server-guid-differs", "SMB2_GLOBAL_CAP_DFS of vni-server-guid-differs"],
])("%j stays text", (text, markdown) => {
  expect(markdownText(text)).toBe(markdown);
});
