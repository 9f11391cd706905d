using Agent.Tests.Providers.Contracts;

namespace Agent.Tests.Providers.AzureOpenAi;

public sealed class AzureOpenAiContractTests() : VendorLanguageModelContract("azure-openai/my-deployment", "azure-openai/chat")
{
    // The first event has the verdict on the question only.
    protected override int MessagesBeforeFailure => 4;
}

public sealed class AzureOpenAiDeploymentContractTests()
    : VendorLanguageModelContract("azure-openai/my-deployment", "azure-openai/chat", "Providers:AzureOpenAi:ApiVersion=2024-10-21")
{
    protected override int MessagesBeforeFailure => 4;
}
