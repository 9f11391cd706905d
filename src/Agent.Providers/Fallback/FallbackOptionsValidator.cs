using Microsoft.Extensions.Options;

namespace Agent.Providers.Fallback;

[OptionsValidator]
internal sealed partial class FallbackOptionsValidator : IValidateOptions<FallbackOptions>;
