export type Speaker = 'user' | 'agent';

export interface Caption {
  readonly id: string;
  readonly speaker: Speaker;
  readonly text: string;
  /** The text will not change any more. */
  readonly isFinal: boolean;
}

/** One text stream of one segment: the caption's text is what has arrived on the newest stream of its segment. */
export interface CaptionStream {
  append(delta: string): void;
  /** @param isFinal false when another stream of the same segment is to follow */
  end(isFinal: boolean): void;
}

interface Segment {
  caption: Caption;
  newest: CaptionStream;
}

/**
 * Assembles captions from text streams. The agent sends one stream per utterance and appends to it while it speaks; the
 * user's recogniser sends a whole new stream for each improvement of the same segment. Both are the same rule here:
 * the newest stream of a segment is the segment's text.
 */
export class Captions {
  readonly #segments = new Map<string, Segment>();
  readonly #changed: (caption: Caption) => void;

  /** @param changed is called with each new version of a caption; empty text means that it is withdrawn */
  constructor(changed: (caption: Caption) => void) {
    this.#changed = changed;
  }

  /** In the order in which their segments began, without empty ones. */
  get all(): readonly Caption[] {
    return [...this.#segments.values()].map((segment) => segment.caption).filter((caption) => caption.text !== '');
  }

  /** @param segmentId unique for this speaker; both speakers may use the same ones */
  open(segmentId: string, speaker: Speaker): CaptionStream {
    const id = `${speaker}/${segmentId}`;
    let text = '';
    const stream: CaptionStream = {
      append: (delta) => {
        text += delta;
        // Until a newer stream has its first text, the older one's stays on the screen.
        if (text !== '') this.#update(id, stream, text, false);
      },
      end: (isFinal) => {
        if (isFinal || text !== '') this.#update(id, stream, text, isFinal);
      },
    };
    const segment = this.#segments.get(id);
    if (segment) segment.newest = stream;
    else this.#segments.set(id, { caption: { id, speaker, text: '', isFinal: false }, newest: stream });
    return stream;
  }

  /** Something that was complete from the beginning, such as a typed line. */
  add(segmentId: string, speaker: Speaker, text: string): void {
    const stream = this.open(segmentId, speaker);
    stream.append(text);
    stream.end(true);
  }

  clear(): void {
    this.#segments.clear();
  }

  #update(id: string, stream: CaptionStream, text: string, isFinal: boolean): void {
    const segment = this.#segments.get(id);
    if (segment?.newest !== stream) return;
    if (segment.caption.text === text && segment.caption.isFinal === isFinal) return;
    segment.caption = { ...segment.caption, text, isFinal };
    this.#changed(segment.caption);
  }
}
