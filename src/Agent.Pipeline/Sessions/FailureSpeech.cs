using System.Buffers;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Realtime;
using Agent.Pipeline.Speech;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agent.Pipeline.Sessions;

/// <summary>
/// What an agent says when its engines have failed and it would be silent otherwise: made once, before it is needed, and played from memory. One serves any number of
/// sessions.
/// </summary>
public sealed class FailureSpeech : IAsyncDisposable
{
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_maxDelay = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _over = new();
    private readonly Task _making = Task.CompletedTask;
    private RecordedSpeech? _recording;

    /// <summary>Takes speech that exists already.</summary>
    /// <param name="recording">The sound, and its words for captions and history.</param>
    public FailureSpeech(RecordedSpeech recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        _recording = recording;
        Text = recording.Text;
    }

    /// <summary>Begins to have a sentence made in the background; where the synthesizer fails it is asked again, later and later, at least once a minute.</summary>
    /// <param name="text">The words.</param>
    /// <param name="textToSpeech">Who speaks them; stays the caller's, and has to live until this is disposed.</param>
    /// <param name="timeProvider">The clock; null is the system's.</param>
    /// <param name="loggerFactory">Where failures are told; null is nowhere.</param>
    /// <exception cref="ArgumentException">There are no words.</exception>
    public FailureSpeech(string text, ITextToSpeech textToSpeech, TimeProvider? timeProvider = null, ILoggerFactory? loggerFactory = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        ArgumentNullException.ThrowIfNull(textToSpeech);
        Text = text.Trim();
        var logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<FailureSpeech>();
        _making = MakeAsync(textToSpeech, timeProvider ?? TimeProvider.System, logger);
    }

    /// <summary>Begins to have a sentence said by a speech-to-speech model, on a connection of its own, for agents that have no other voice; else as with a synthesizer.</summary>
    /// <param name="text">The words.</param>
    /// <param name="model">Who speaks them, which has to be able to say given words; stays the caller's, and has to live until this is disposed.</param>
    /// <param name="timeProvider">The clock; null is the system's.</param>
    /// <param name="loggerFactory">Where failures are told; null is nowhere.</param>
    /// <exception cref="ArgumentException">There are no words, or the model cannot say them.</exception>
    public FailureSpeech(string text, IRealtimeModel model, TimeProvider? timeProvider = null, ILoggerFactory? loggerFactory = null)
        : this(text, Voice(model), timeProvider, loggerFactory)
    {
    }

    /// <summary>The words.</summary>
    public string Text { get; }

    /// <summary>The sound; null while it could not be made.</summary>
    public RecordedSpeech? Recording => Volatile.Read(ref _recording);

    /// <summary>The languages in which there is a <see cref="Sentence"/>, ISO 639-1.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["de", "en", "es", "fr", "it", "nl", "pt"];

    /// <summary>The sentence that agents say where they are told no other.</summary>
    /// <param name="language">A BCP 47 tag; English is taken for a language that is not known.</param>
    public static string Sentence(string? language) => (language ?? "").Split('-')[0].ToLowerInvariant() switch
    {
        "de" => "Entschuldigung, bei mir gibt es gerade eine technische Störung. Bitte versuchen Sie es gleich noch einmal.",
        "es" => "Lo siento, en este momento tengo un problema técnico. Por favor, inténtelo de nuevo en un momento.",
        "fr" => "Je suis désolé, je rencontre un problème technique. Veuillez réessayer dans un instant.",
        "it" => "Mi dispiace, in questo momento ho un problema tecnico. Riprovi tra poco, per favore.",
        "nl" => "Het spijt me, ik heb op dit moment een technisch probleem. Probeer het zo meteen nog eens.",
        "pt" => "Desculpe, estou com um problema técnico neste momento. Por favor, tente novamente daqui a pouco.",
        _ => "I'm sorry, I'm having technical difficulties right now. Please try again in a moment.",
    };

    /// <summary>Ends what is being made.</summary>
    public async ValueTask DisposeAsync()
    {
        _over.Cancel();
        await _making;
        _over.Dispose();
    }

    private static RealtimeVoice Voice(IRealtimeModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Capabilities.SpeaksGivenText
            ? new RealtimeVoice(model)
            : throw new ArgumentException($"{model.Name} does not say a text word by word: give a synthesizer, or a recording.", nameof(model));
    }

    private async Task MakeAsync(ITextToSpeech textToSpeech, TimeProvider time, ILogger logger)
    {
        try
        {
            // What an engine does before it first waits must not hold up who starts.
            await Task.Yield();
            for (var delay = s_firstDelay; !await TryMakeAsync(textToSpeech, time, logger); delay = delay * 2 < s_maxDelay ? delay * 2 : s_maxDelay)
                await Task.Delay(delay, time, _over.Token);
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
            // Nobody needs it any more.
        }
    }

    private async Task<bool> TryMakeAsync(ITextToSpeech textToSpeech, TimeProvider time, ILogger logger)
    {
        using var timeout = new CancellationTokenSource(s_timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _over.Token);
        try
        {
            Volatile.Write(ref _recording, await SpeakAsync(textToSpeech, either.Token));
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !_over.IsCancellationRequested)
        {
            SessionLog.FailureSpeechNotMade(logger, textToSpeech.Name, ErrorText.Of(e), ErrorText.Unforeseen(e));
            return false;
        }
    }

    private async Task<RecordedSpeech> SpeakAsync(ITextToSpeech textToSpeech, CancellationToken cancellationToken)
    {
        await using var synthesis = await textToSpeech.BeginAsync(cancellationToken);
        await synthesis.WriteAsync(Text, cancellationToken);
        synthesis.Complete();
        var samples = new ArrayBufferWriter<short>();
        var words = new List<WordTiming>();
        await foreach (var audio in synthesis.ReadAsync(cancellationToken))
        {
            using var frame = audio.Frame;
            samples.Write(frame.Samples.Span);
            words.AddRange(audio.Words);
        }

        return new RecordedSpeech(Text, textToSpeech.Capabilities.SampleRateHz, samples.WrittenMemory) { Words = words };
    }
}
