using Agent.Tests.Providers.Contracts;

namespace Agent.Tests.Providers.OpenAi.Responses;

public sealed class OpenAiResponsesContractTests() : VendorLanguageModelContract("openai/gpt-4.1-mini", "openai/responses", "Providers:OpenAi:Chat:Api=Responses")
{
    protected override int MessagesBeforeFailure => 5;
}

public sealed class AzureOpenAiResponsesContractTests()
    : VendorLanguageModelContract("azure-openai/my-deployment", "azure-openai/responses", "Providers:AzureOpenAi:Api=Responses")
{
    protected override int MessagesBeforeFailure => 5;
}
