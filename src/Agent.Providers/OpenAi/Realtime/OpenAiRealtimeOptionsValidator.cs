using Microsoft.Extensions.Options;

namespace Agent.Providers.OpenAi.Realtime;

[OptionsValidator]
internal sealed partial class OpenAiRealtimeOptionsValidator : IValidateOptions<OpenAiRealtimeOptions>;
