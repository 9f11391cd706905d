using Agent.Pipeline.Speech;
using Agent.Providers.Local.Dialogue;
using Agent.Providers.Local.Flite;
using Agent.Providers.Local.Pocketsphinx;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agent.Tests.Providers.Contracts;

public sealed class PocketsphinxContractTests : SpeechToTextContract
{
    protected override ISpeechToText Create() => new PocketsphinxSpeechToText(new PocketsphinxOptions(), NullLogger<PocketsphinxSpeechToText>.Instance);
}

public sealed class FliteContractTests : TextToSpeechContract
{
    protected override ITextToSpeech Create() => new FliteTextToSpeech("slt", new FliteOptions());
}

public sealed class DialogueContractTests : LanguageModelContract
{
    protected override IChatClient Create() => new DialogueChatClient(TimeProvider.System);
}
