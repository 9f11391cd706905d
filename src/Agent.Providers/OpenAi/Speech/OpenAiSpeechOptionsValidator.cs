using Microsoft.Extensions.Options;

namespace Agent.Providers.OpenAi.Speech;

[OptionsValidator]
internal sealed partial class OpenAiSpeechOptionsValidator : IValidateOptions<OpenAiSpeechOptions>;
