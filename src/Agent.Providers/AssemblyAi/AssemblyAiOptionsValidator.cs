using Microsoft.Extensions.Options;

namespace Agent.Providers.AssemblyAi;

[OptionsValidator]
internal sealed partial class AssemblyAiOptionsValidator : IValidateOptions<AssemblyAiOptions>;
