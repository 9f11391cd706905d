using Microsoft.Extensions.Options;

namespace Agent.Providers.ElevenLabs;

[OptionsValidator]
internal sealed partial class ElevenLabsOptionsValidator : IValidateOptions<ElevenLabsOptions>;
