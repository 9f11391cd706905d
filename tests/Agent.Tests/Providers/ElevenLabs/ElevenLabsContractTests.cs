using Agent.Tests.Providers.Contracts;

namespace Agent.Tests.Providers.ElevenLabs;

public sealed class ElevenLabsContractTests() : VendorTextToSpeechContract("elevenlabs/eleven_flash_v2_5:JBFqnCBsd6RMkjVDRZzb", "elevenlabs/speak");
