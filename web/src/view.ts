import type { Caption } from './captions';
import type { ConversationState } from './conversation-state';
import { describe, muteLabel, talkLabel } from './words';

const speakers = { user: 'You', agent: 'Agent' } as const;

/** The page: shows a conversation's state and its captions. */
export class View {
  readonly talk = element('talk', HTMLButtonElement);
  readonly mute = element('mute', HTMLButtonElement);
  readonly composer = element('composer', HTMLFormElement);
  readonly text = element('text', HTMLInputElement);
  readonly #send = element('send', HTMLButtonElement);
  readonly #orb = element('orb', HTMLElement);
  readonly #state = element('state', HTMLElement);
  readonly #problem = element('problem', HTMLElement);
  readonly #problemTitle = element('problem-title', HTMLElement);
  readonly #problemAdvice = element('problem-advice', HTMLElement);
  readonly #scroll = element('scroll', HTMLElement);
  readonly #empty = element('empty', HTMLElement);
  readonly #captions = element('captions', HTMLElement);
  readonly #announcer = element('announcer', HTMLElement);
  readonly #lines = new Map<string, { line: HTMLElement; text: HTMLElement }>();

  showState(state: ConversationState): void {
    const { dataset } = document.body;
    dataset.phase = state.phase;
    dataset.microphone = state.microphone;
    dataset.agentState = state.agentState ?? '';
    dataset.reconnecting = String(state.isReconnecting);

    setText(this.#state, describe(state));
    setText(this.talk, talkLabel(state));
    this.mute.hidden = state.phase === 'idle' || state.phase === 'connecting';
    this.mute.disabled = state.microphone === 'opening';
    setText(this.mute, muteLabel(state));
    const canType = state.phase === 'talking';
    this.text.disabled = this.#send.disabled = !canType;

    this.#problem.hidden = !state.problem;
    setText(this.#problemTitle, state.problem?.message ?? '');
    setText(this.#problemAdvice, state.problem?.advice ?? '');
  }

  showLevel(level: number): void {
    this.#orb.style.setProperty('--level', level.toFixed(3));
  }

  clearCaptions(): void {
    this.#lines.clear();
    this.#captions.replaceChildren();
    this.#announcer.replaceChildren();
    this.#empty.hidden = false;
  }

  showCaption(caption: Caption): void {
    const isAtEnd = this.#scroll.scrollHeight - this.#scroll.scrollTop - this.#scroll.clientHeight < 48;
    const { line, text } = this.#lines.get(caption.id) ?? this.#addLine(caption);
    line.hidden = caption.text === '';
    line.dataset.final = String(caption.isFinal);
    setText(text, caption.text);
    if (caption.isFinal && caption.text !== '') this.#announce(caption);
    // Somebody who has scrolled up is reading; the page does not pull the text away.
    if (isAtEnd) this.#scroll.scrollTop = this.#scroll.scrollHeight;
  }

  #addLine(caption: Caption): { line: HTMLElement; text: HTMLElement } {
    this.#empty.hidden = true;
    const line = document.createElement('li');
    line.dataset.speaker = caption.speaker;
    const speaker = document.createElement('span');
    speaker.className = 'speaker';
    speaker.textContent = speakers[caption.speaker];
    const text = document.createElement('p');
    text.dir = 'auto';
    line.append(speaker, text);
    this.#captions.append(line);
    const entry = { line, text };
    this.#lines.set(caption.id, entry);
    return entry;
  }

  #announce(caption: Caption): void {
    const line = document.createElement('p');
    line.textContent = `${speakers[caption.speaker]}: ${caption.text}`;
    this.#announcer.append(line);
    while (this.#announcer.childElementCount > 20) this.#announcer.firstElementChild?.remove();
  }
}

function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`index.html has no ${type.name} with the id "${id}".`);
  return found;
}

// Setting the same text again would make screen readers repeat it.
function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}
