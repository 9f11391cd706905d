using Agent.Pipeline.Errors;
using Agent.Pipeline.Realtime;
using Agent.Pipeline.Speech;
using Agent.Providers.Fallback;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Agent.Providers.Catalog;

/// <summary>
/// Every recogniser, language model, synthesizer and speech-to-speech model that can be named in configuration. A provider is made at its first use, is
/// shared by all sessions, and is disposed with the catalog. Wherever a name is expected several may stand, separated by commas: the first that is well serves, the
/// next takes over where it fails, in the middle of a turn or of a sentence too, and it returns when it is well again.
/// </summary>
public sealed class ProviderCatalog : IAsyncDisposable
{
    private readonly ProviderShelf<ISpeechToText> _speechToText;
    private readonly ProviderShelf<IChatClient> _languageModels;
    private readonly ProviderShelf<ITextToSpeech> _textToSpeech;
    private readonly ProviderShelf<IRealtimeModel> _realtime;

    /// <summary>Creates the catalog over the given factories; of two with the same name the later one wins.</summary>
    /// <param name="speechToText">The recognisers.</param>
    /// <param name="languageModels">The language models.</param>
    /// <param name="textToSpeech">The synthesizers.</param>
    /// <param name="realtime">The speech-to-speech models.</param>
    /// <param name="fallback">How lists behave; null takes the defaults.</param>
    /// <param name="timeProvider">The clock; null is the system's.</param>
    /// <param name="loggerFactory">Where it is told which provider takes over from which; null is nowhere.</param>
    public ProviderCatalog(
        IEnumerable<IProviderFactory<ISpeechToText>> speechToText,
        IEnumerable<IProviderFactory<IChatClient>> languageModels,
        IEnumerable<IProviderFactory<ITextToSpeech>> textToSpeech,
        IEnumerable<IProviderFactory<IRealtimeModel>> realtime,
        IOptions<FallbackOptions>? fallback = null,
        TimeProvider? timeProvider = null,
        ILoggerFactory? loggerFactory = null)
    {
        var options = fallback?.Value ?? new FallbackOptions();
        var time = timeProvider ?? TimeProvider.System;
        var loggers = loggerFactory ?? NullLoggerFactory.Instance;
        var (logger, lists) = (loggers.CreateLogger("Agent.Providers.Catalog"), loggers.CreateLogger("Agent.Providers.Fallback"));
        _speechToText = new ProviderShelf<ISpeechToText>("recogniser", speechToText, new SpeechToTextLists(options, time, lists), OtherKind, logger);
        _languageModels = new ProviderShelf<IChatClient>("language model", languageModels, new LanguageModelLists(options, time, lists), OtherKind, logger);
        _textToSpeech = new ProviderShelf<ITextToSpeech>("synthesizer", textToSpeech, new TextToSpeechLists(options, time, lists), OtherKind, logger);
        _realtime = new ProviderShelf<IRealtimeModel>("speech-to-speech model", realtime, new RealtimeModelLists(options, time, lists), OtherKind, logger);
    }

    /// <summary>The names known, without variants. Vendors may accept others.</summary>
    public IReadOnlyList<string> Names(ProviderKind kind) => kind switch
    {
        ProviderKind.SpeechToText => _speechToText.Names,
        ProviderKind.LanguageModel => _languageModels.Names,
        ProviderKind.TextToSpeech => _textToSpeech.Names,
        ProviderKind.Realtime => _realtime.Names,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };

    /// <summary>Finds out whether a provider can be used, without starting it. Call it for each configured name before anything starts.</summary>
    /// <exception cref="ConfigurationException">The name is unknown, or something that the provider needs is missing; the message says what to do.</exception>
    public void Validate(ProviderKind kind, string name)
    {
        switch (kind)
        {
            case ProviderKind.SpeechToText:
                _speechToText.Validate(name);
                break;
            case ProviderKind.LanguageModel:
                _languageModels.Validate(name);
                break;
            case ProviderKind.TextToSpeech:
                _textToSpeech.Validate(name);
                break;
            case ProviderKind.Realtime:
                _realtime.Validate(name);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null);
        }
    }

    /// <summary>The recogniser of that name. Owned by the catalog.</summary>
    /// <exception cref="ConfigurationException">As for <see cref="Validate"/>.</exception>
    public ISpeechToText GetSpeechToText(string name) => _speechToText.Get(name);

    /// <summary>The language model of that name. Owned by the catalog.</summary>
    /// <exception cref="ConfigurationException">As for <see cref="Validate"/>.</exception>
    public IChatClient GetLanguageModel(string name) => _languageModels.Get(name);

    /// <summary>The synthesizer of that name. Owned by the catalog.</summary>
    /// <exception cref="ConfigurationException">As for <see cref="Validate"/>.</exception>
    public ITextToSpeech GetTextToSpeech(string name) => _textToSpeech.Get(name);

    /// <summary>The speech-to-speech model of that name. Owned by the catalog.</summary>
    /// <exception cref="ConfigurationException">As for <see cref="Validate"/>.</exception>
    public IRealtimeModel GetRealtimeModel(string name) => _realtime.Get(name);

    // Vendors that take any model's name take that of a synthesizer for a language model's, too; the call would fail then, not the start.
    private string? OtherKind(ProviderName name) =>
        _speechToText.Knows(name) ? "a recogniser (--stt)"
        : _languageModels.Knows(name) ? "a language model (--llm)"
        : _textToSpeech.Knows(name) ? "a synthesizer (--tts)"
        : _realtime.Knows(name) ? "a speech-to-speech model (--realtime)"
        : null;

    /// <summary>Disposes every provider that was made.</summary>
    public async ValueTask DisposeAsync()
    {
        await _speechToText.DisposeAsync();
        await _languageModels.DisposeAsync();
        await _textToSpeech.DisposeAsync();
        await _realtime.DisposeAsync();
    }
}
