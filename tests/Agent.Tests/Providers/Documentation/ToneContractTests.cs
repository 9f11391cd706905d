using Agent.Pipeline.Speech;
using Agent.Tests.Providers.Contracts;

namespace Agent.Tests.Providers.Documentation;

public sealed class ToneContractTests : TextToSpeechContract
{
    protected override ITextToSpeech Create() => new ToneTextToSpeech("acme/tone");
}
