using Agent.Tests.Providers.Contracts;

namespace Agent.Tests.Providers.AzureSpeech;

public sealed class AzureSpeechToTextContractTests() : VendorSpeechToTextContract("azure/speech:en-US", "azure/recognition");
