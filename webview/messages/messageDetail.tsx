import { useEffect, useRef, useState } from "preact/hooks";
import type { MessageView } from "../../src/protocol/messageViews.ts";
import { usePage } from "../pageContext.ts";
import { useTexts } from "../texts.ts";
import { Link } from "../ui/link.tsx";
import { ByteGrid } from "./byteGrid.tsx";
import { Explanation } from "./explanation.tsx";
import { FieldTree } from "./fieldTree.tsx";

/** The pointer must rest on a field this long before it is explained. In milliseconds. */
const HOVER_REST = 500;

/** Fields, bytes and explanation of the selected message. */
export function MessageDetail() {
  const { message } = usePage().model.messages.state;
  const { rows } = usePage().model.messages;
  const texts = useTexts();
  if (message === null) {
    return (
      <div class="message-detail">{rows.known && rows.total > 0 ? <p class="small dim nothing">{texts.text("noFields")}</p> : null}</div>
    );
  }
  return <Detail key={`${message.connection} ${message.page} ${message.index}`} message={message} />;
}

function Detail({ message }: { readonly message: MessageView }) {
  const { state } = usePage().model.messages;
  const texts = useTexts();
  const [hovered, setHovered] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  // The selection is what counts again as soon as it moves.
  useEffect(() => setHovered(null), [state.path]);
  const about = message.title + texts.text("comma") + message.size;
  const hover = (path: string | null) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setHovered(path), HOVER_REST);
  };
  return (
    <section class="message-detail" aria-label={message.title}>
      <div class="message-fields">
        <div class="part-head">
          <h2>{texts.text("fields")}</h2>
          <span class="small dim cut" title={about}>
            {about}
          </span>
          <WaysOn message={message} />
        </div>
        {message.notes.map((note) => (
          <p key={note} class="small part-note">
            {note}
          </p>
        ))}
        <FieldTree message={message} onHover={hover} />
      </div>
      <div class="message-bytes">
        <ByteGrid message={message} />
        <Explanation message={message} path={hovered ?? state.path} />
      </div>
    </section>
  );
}

function WaysOn({ message }: { readonly message: MessageView }) {
  const { model } = usePage();
  const texts = useTexts();
  const { partner } = message;
  return (
    <span class="ways-on small">
      {partner === null ? null : <Link onOpen={() => model.openMessage(partner.frame)}>{partner.label}</Link>}
      <Link onOpen={() => model.openFrame(message.frame)}>{texts.text("showInTrace")}</Link>
    </span>
  );
}
