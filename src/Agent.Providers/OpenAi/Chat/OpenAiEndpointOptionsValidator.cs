using Microsoft.Extensions.Options;

namespace Agent.Providers.OpenAi.Chat;

[OptionsValidator]
internal sealed partial class OpenAiEndpointOptionsValidator : IValidateOptions<OpenAiEndpointOptions>;
