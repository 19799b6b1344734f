import { useState } from "preact/hooks";
import { useTexts } from "../texts.ts";
import { Sash } from "../ui/sash.tsx";
import { MessageDetail } from "./messageDetail.tsx";
import { MessageFilter } from "./messageFilter.tsx";
import { MessageList } from "./messageList.tsx";

/** Share of the height that the list has at first, in percent. */
const LIST_HEIGHT = 42;

/** The messages of the connection: the list above, the selected one's fields and bytes below. */
export function Messages() {
  const [height, setHeight] = useState(LIST_HEIGHT);
  const texts = useTexts();
  return (
    <div class="messages">
      <h1 class="unseen">{texts.text("messages")}</h1>
      <MessageFilter />
      <div class="message-list" style={{ flexBasis: `${height}%` }}>
        <MessageList />
      </div>
      <Sash label={texts.text("sizeOfList")} value={height} onChange={setHeight} />
      <MessageDetail />
    </div>
  );
}
