using Agent.Tests.Providers.Contracts;

namespace Agent.Tests.Providers.Anthropic;

public sealed class AnthropicContractTests() : VendorLanguageModelContract("anthropic/claude-haiku-4-5", "anthropic/messages")
{
    protected override int MessagesBeforeFailure => 4;
}
