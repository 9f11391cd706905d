using Microsoft.Extensions.Options;

namespace Agent.Providers.Local.Flite;

[OptionsValidator]
internal sealed partial class FliteOptionsValidator : IValidateOptions<FliteOptions>;
