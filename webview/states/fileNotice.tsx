import { usePage } from "../pageContext.ts";
import { useTexts } from "../texts.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { ProgressLine } from "./progressLine.tsx";

/** Over every view: that the file is not any more what was read, with what to do; then how far it is read once more. */
export function FileNotice() {
  const { model, state } = usePage();
  const texts = useTexts();
  const { file, rereading } = state;
  if (rereading !== null) {
    return (
      <>
        <ProgressLine percent={rereading.percent} />
        <div class="notice">
          <span class="notice-text">{rereading.text}</span>
          <Button key="stop" onPress={() => model.post({ type: "stop" })}>
            {texts.text("stop")}
          </Button>
        </div>
      </>
    );
  }
  const action = file?.action;
  if (file === null) return null;
  return (
    <div class="notice" role="status">
      <Icon name="warning" class="warning" label={texts.text("warning")} />
      <span class="notice-text">
        <b>{file.bold}</b> {file.text}
      </span>
      {action === undefined ? null : (
        <Button key="action" primary onPress={() => model.post({ type: "action", action: action.action })}>
          {action.label}
        </Button>
      )}
    </div>
  );
}
