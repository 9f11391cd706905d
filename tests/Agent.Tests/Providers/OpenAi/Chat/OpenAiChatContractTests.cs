using Agent.Tests.Providers.Contracts;

namespace Agent.Tests.Providers.OpenAi.Chat;

public sealed class OpenAiChatContractTests() : VendorLanguageModelContract("openai/gpt-4.1-mini", "openai/chat");
