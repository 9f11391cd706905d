using Microsoft.Extensions.Options;

namespace Agent.Providers.Local.Pocketsphinx;

[OptionsValidator]
internal sealed partial class PocketsphinxOptionsValidator : IValidateOptions<PocketsphinxOptions>;
