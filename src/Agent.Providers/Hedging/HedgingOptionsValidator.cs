using Microsoft.Extensions.Options;

namespace Agent.Providers.Hedging;

[OptionsValidator]
internal sealed partial class HedgingOptionsValidator : IValidateOptions<HedgingOptions>;
