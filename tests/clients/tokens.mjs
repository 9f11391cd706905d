// Mints and verifies tokens with the official server SDK. Reads a JSON array of commands, prints a JSON array of results.
//   { mint: { key, secret, options, set, video, sip, inference, observability, roomConfig } } -> { token }
//   { verify: { key, secret, token } }                                                        -> { claims } or { error }
//   { receive: { key, secret, token, body } }                                                 -> { event } or { error }
import { AccessToken, RoomConfiguration, TokenVerifier, WebhookReceiver } from 'livekit-server-sdk';

const mint = async ({ key, secret, options, set, video, sip, inference, observability, roomConfig }) => {
  const token = new AccessToken(key, secret, options);
  if (video) token.addGrant(video);
  if (sip) token.addSIPGrant(sip);
  if (inference) token.addInferenceGrant(inference);
  if (observability) token.addObservabilityGrant(observability);
  if (roomConfig) token.roomConfig = RoomConfiguration.fromJson(roomConfig);
  return { token: await Object.assign(token, set).toJwt() };
};

const run = async (command) => {
  if (command.mint) return mint(command.mint);
  if (command.verify) {
    const { key, secret, token } = command.verify;
    return { claims: await new TokenVerifier(key, secret).verify(token) };
  }
  const { key, secret, token, body } = command.receive;
  return { event: (await new WebhookReceiver(key, secret).receive(body, token)).toJson() };
};

let input = '';
for await (const chunk of process.stdin) input += chunk;
const results = [];
for (const command of JSON.parse(input)) results.push(await run(command).catch((error) => ({ error: error.message })));
process.stdout.write(JSON.stringify(results));
