using Microsoft.Extensions.Options;

namespace Agent.Worker.Configuration;

/// <summary>Checks the limits of <see cref="HealthOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class HealthOptionsLimits : IValidateOptions<HealthOptions>;
