import { expect, it } from "vitest";
import { InfoType } from "../../src/core/smb2/constants/informationClasses.ts";
import { describeMessage } from "../../src/core/smb2/describeMessage.ts";
import { findField } from "../../src/core/struct/describe.ts";
import { fromHex } from "../support/labMessages.ts";

/** A QUERY_INFO response of FileNameInformation whose name is longer than its buffer. */
function response(status: string): Uint8Array {
  return fromHex(`fe534d42 4000 0100 ${status} 1000 0100 01000000 ${"00".repeat(44)} 0900 4800 06000000 08000000 6100`);
}

const asked = { infoType: InfoType.value.FILE, infoClass: 9 };

function issuesOf(bytes: Uint8Array) {
  const name = findField(describeMessage(bytes, 0, bytes.length, bytes.length, asked), "Buffer.FileName");
  return { value: name?.value, issues: name?.issues.map(({ kind }) => kind) };
}

it("what STATUS_BUFFER_OVERFLOW left out is cut, not malformed", () => {
  expect(issuesOf(response("05000080"))).toEqual({ value: "a", issues: ["truncated"] });
  expect(issuesOf(response("00000000"))).toEqual({ value: "a", issues: ["outside-message"] });
});
