using Microsoft.Extensions.Options;

namespace Agent.Providers.OpenAi;

[OptionsValidator]
internal sealed partial class OpenAiOptionsValidator : IValidateOptions<OpenAiOptions>;
