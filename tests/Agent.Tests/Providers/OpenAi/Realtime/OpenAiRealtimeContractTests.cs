using Agent.Tests.Providers.Contracts;

namespace Agent.Tests.Providers.OpenAi.Realtime;

public sealed class OpenAiRealtimeContractTests() : VendorRealtimeContract("openai/gpt-realtime", "openai/realtime");
