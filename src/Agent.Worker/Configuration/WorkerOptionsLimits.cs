using Microsoft.Extensions.Options;

namespace Agent.Worker.Configuration;

/// <summary>Checks the limits of <see cref="WorkerOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class WorkerOptionsLimits : IValidateOptions<WorkerOptions>;
