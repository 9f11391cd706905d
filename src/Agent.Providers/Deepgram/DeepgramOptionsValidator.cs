using Microsoft.Extensions.Options;

namespace Agent.Providers.Deepgram;

[OptionsValidator]
internal sealed partial class DeepgramOptionsValidator : IValidateOptions<DeepgramOptions>;
