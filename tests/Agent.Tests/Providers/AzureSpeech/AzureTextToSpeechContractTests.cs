using Agent.Tests.Providers.Contracts;

namespace Agent.Tests.Providers.AzureSpeech;

public sealed class AzureTextToSpeechContractTests() : VendorTextToSpeechContract("azure/en-US-AvaMultilingualNeural", "azure/synthesis")
{
    /// <summary><c>turn.start</c>, <c>response</c>, the nine words of the first sentence, and the first of its sound.</summary>
    protected override int MessagesBeforeFailure => 12;
}
