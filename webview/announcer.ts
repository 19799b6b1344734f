/** Time between two announcements, in milliseconds: a screen reader is not to be talked over. */
const PAUSE = 5000;

/** Hands texts to the live region, the newest only and not more often than every five seconds. */
export class Announcer {
  private readonly say: (text: string) => void;
  private waiting: string | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(say: (text: string) => void) {
    this.say = say;
  }

  announce(text: string): void {
    if (this.timer !== undefined) {
      this.waiting = text;
      return;
    }
    this.say(text);
    this.timer = setTimeout(() => this.next(), PAUSE);
  }

  private next(): void {
    this.timer = undefined;
    const text = this.waiting;
    this.waiting = null;
    if (text !== null) this.announce(text);
  }
}
