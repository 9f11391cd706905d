using Agent.Providers.Resilience;

namespace Agent.Providers.LanguageModels;

/// <summary>How patient language models are called where nobody says otherwise: they think before they speak.</summary>
internal static class LanguageModelPatience
{
    internal static ResilienceOptions Create() => new() { FirstByteTimeout = TimeSpan.FromSeconds(8), IdleTimeout = TimeSpan.FromSeconds(4) };
}
