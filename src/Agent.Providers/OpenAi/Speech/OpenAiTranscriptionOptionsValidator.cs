using Microsoft.Extensions.Options;

namespace Agent.Providers.OpenAi.Speech;

[OptionsValidator]
internal sealed partial class OpenAiTranscriptionOptionsValidator : IValidateOptions<OpenAiTranscriptionOptions>;
