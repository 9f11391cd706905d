using Microsoft.Extensions.Options;

namespace Agent.Providers.AzureOpenAi;

[OptionsValidator]
internal sealed partial class AzureOpenAiOptionsValidator : IValidateOptions<AzureOpenAiOptions>;
