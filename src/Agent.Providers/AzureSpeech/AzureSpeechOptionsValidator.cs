using Microsoft.Extensions.Options;

namespace Agent.Providers.AzureSpeech;

[OptionsValidator]
internal sealed partial class AzureSpeechOptionsValidator : IValidateOptions<AzureSpeechOptions>;
