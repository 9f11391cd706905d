using Agent.Tests.Providers.Contracts;

namespace Agent.Tests.Providers.AssemblyAi;

public sealed class AssemblyAiContractTests() : VendorSpeechToTextContract("assemblyai/universal-streaming-english", "assemblyai/stream");
