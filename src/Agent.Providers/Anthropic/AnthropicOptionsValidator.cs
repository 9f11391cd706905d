using Microsoft.Extensions.Options;

namespace Agent.Providers.Anthropic;

[OptionsValidator]
internal sealed partial class AnthropicOptionsValidator : IValidateOptions<AnthropicOptions>;
