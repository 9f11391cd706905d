using Agent.Tests.Providers.Contracts;

namespace Agent.Tests.Providers.Deepgram;

public sealed class NovaContractTests() : VendorSpeechToTextContract("deepgram/nova-3", "deepgram/listen");

public sealed class FluxContractTests() : VendorSpeechToTextContract("deepgram/flux-general-en", "deepgram/flux");

public sealed class AuraContractTests() : VendorTextToSpeechContract("deepgram/aura-2-thalia-en", "deepgram/speak")
{
    // The greeting and the first piece of sound.
    protected override int MessagesBeforeFailure => 2;
}
