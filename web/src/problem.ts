import { ConnectionError, ConnectionErrorReason, DisconnectReason, MediaDeviceFailure } from 'livekit-client';

/** Something that a person has to know: what happened, and what can be done about it. */
export class Problem extends Error {
  readonly advice: string;

  constructor(title: string, advice: string) {
    super(title);
    this.name = 'Problem';
    this.advice = advice;
  }
}

export function agentDidNotJoin(seconds: number): Problem {
  return new Problem(
    `No agent joined within ${seconds} seconds.`,
    'Is a worker running and registered with this server? Its log says whether it was asked. Then try again.',
  );
}

export function agentDidNotReturn(seconds: number): Problem {
  return new Problem(`The agent left and did not come back within ${seconds} seconds.`, 'Start again for a new conversation; the worker’s log says why it left.');
}

export function connectionProblem(error: unknown, url: string): Problem {
  if (error instanceof Problem) return error;
  const reason = error instanceof ConnectionError ? error.reason : undefined;
  switch (reason) {
    case ConnectionErrorReason.NotAllowed:
      return new Problem('The LiveKit server refused the access token.', 'Do the key and the secret of the page’s server belong to this LiveKit server? Are both clocks right?');
    case ConnectionErrorReason.LeaveRequest:
      return new Problem('The LiveKit server ended the connection while it was being made.', 'It may be shutting down or full. Try again in a moment.');
    case ConnectionErrorReason.Timeout:
    case ConnectionErrorReason.InternalError:
      return new Problem('The connection to the LiveKit server was not completed.', `Signalling reached ${url}, but media may be blocked on the way: its UDP and TCP media ports have to be open.`);
    default:
      return new Problem('The LiveKit server cannot be reached.', `Is it running at ${url}, and can this browser reach that address?`);
  }
}

export function microphoneProblem(error: unknown): Problem {
  const typing = 'You can type to the agent meanwhile.';
  if (!globalThis.isSecureContext)
    return new Problem('The browser gives no microphone to this address.', `Open the page on localhost or over HTTPS. ${typing}`);
  switch (MediaDeviceFailure.getFailure(error)) {
    case MediaDeviceFailure.PermissionDenied:
      return new Problem('The microphone is blocked.', `Allow it for this page in the browser’s address bar, then press Unmute. ${typing}`);
    case MediaDeviceFailure.NotFound:
      return new Problem('No microphone was found.', `Plug one in, then press Unmute. ${typing}`);
    case MediaDeviceFailure.DeviceInUse:
      return new Problem('The microphone is in use by another program.', `Close that program, then press Unmute. ${typing}`);
    default:
      return new Problem('The microphone could not be opened.', `Press Unmute to try again. ${typing}`);
  }
}

/** @returns undefined where nobody needs to be told */
export function disconnectProblem(reason: DisconnectReason | undefined): Problem | undefined {
  switch (reason) {
    case DisconnectReason.CLIENT_INITIATED:
      return undefined;
    case DisconnectReason.DUPLICATE_IDENTITY:
      return new Problem('The conversation was taken over elsewhere.', 'Somebody joined the room under the same identity, for example in another tab.');
    case DisconnectReason.PARTICIPANT_REMOVED:
      return new Problem('You were removed from the room.', 'Start again for a new conversation.');
    case DisconnectReason.ROOM_DELETED:
    case DisconnectReason.ROOM_CLOSED:
      return new Problem('The room was closed.', 'Start again for a new conversation.');
    case DisconnectReason.SERVER_SHUTDOWN:
      return new Problem('The LiveKit server is shutting down.', 'Try again in a moment.');
    default:
      return new Problem('The connection was lost.', 'Check the network and start again.');
  }
}
