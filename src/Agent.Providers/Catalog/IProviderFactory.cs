using Agent.Pipeline.Errors;

namespace Agent.Providers.Catalog;

/// <summary>
/// Makes the providers of one vendor and one kind. Register an own one as a service, and its names work wherever a provider is
/// named; one registered later wins over an earlier one of the same name.
/// </summary>
/// <typeparam name="TProvider">
/// <see cref="Pipeline.Speech.ISpeechToText"/>, <see cref="Microsoft.Extensions.AI.IChatClient"/>, <see cref="Pipeline.Speech.ITextToSpeech"/> or <see cref="Pipeline.Realtime.IRealtimeModel"/>.
/// </typeparam>
public interface IProviderFactory<out TProvider>
    where TProvider : class
{
    /// <summary>The part of the name before the slash, in lower case.</summary>
    string Vendor { get; }

    /// <summary>The models known by name, the recommended one first. Shown to somebody who mistyped one.</summary>
    IReadOnlyList<string> Models { get; }

    /// <summary>Whether any other model name is passed on to the vendor as it is.</summary>
    bool AcceptsOtherModels { get; }

    /// <summary>Finds out, without starting anything, whether <see cref="Create"/> would work: variant, key, libraries, files.</summary>
    /// <exception cref="ConfigurationException">Something is missing or wrong; the message says what to do.</exception>
    void Validate(ProviderName name);

    /// <summary>Makes the provider. It serves any number of sessions at once and lives as long as the catalog.</summary>
    /// <exception cref="ConfigurationException">Something is missing or wrong; the message says what to do.</exception>
    TProvider Create(ProviderName name);
}
