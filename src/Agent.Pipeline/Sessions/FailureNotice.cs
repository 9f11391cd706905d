using System.Globalization;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Replies;
using Agent.Pipeline.Turns;

namespace Agent.Pipeline.Sessions;

/// <summary>Has the agent say that its engines have failed where it would be silent otherwise. Belongs to the session's loop.</summary>
/// <param name="context">What the session shares.</param>
/// <param name="request">Has something said.</param>
internal sealed class FailureNotice(SessionContext context, Action<AgentSpeech, SpeechRequest> request)
{
    // Whoever has heard it three times knows.
    private const int MaxInARow = 3;

    private SpeechHandle? _handle;
    private int _inARow;
    private int _count;

    /// <summary>An answer was given, or something was understood: what fails next is news.</summary>
    internal void Succeeded() => _inARow = 0;

    /// <summary>An utterance has failed and is over.</summary>
    internal void Replace(SpeechMaking making)
    {
        if (making.FailedStage is { } stage && stage != SessionStage.Application && making.Speech.Cause is not (SpeechCause.Filler or SpeechCause.Failure))
            _ = Say(stage);
    }

    /// <summary>Says it, unless it is being said or has been said often enough.</summary>
    /// <param name="stage">What has failed.</param>
    /// <param name="isLast">Whether the session ends behind it: it is said in any case, and to its end.</param>
    /// <returns>Completes when it was said; null when there is nothing to say.</returns>
    internal SpeechHandle? Say(SessionStage stage, bool isLast = false)
    {
        if (_handle is { Outcome: null })
            return _handle;
        if ((_inARow >= MaxInARow && !isLast) || Source(stage) is not { } source)
            return null;
        _inARow++;
        _handle = new SpeechHandle(string.Create(CultureInfo.InvariantCulture, $"failure-{++_count}"));
        var speech = new AgentSpeech { Id = _handle.Id, Cause = SpeechCause.Failure, Priority = SpeechOptions.HighPriority, IsProtected = isLast };
        request(speech, new SpeechRequest(_handle, source, AddToHistory: true));
        return _handle;
    }

    private SpeechSource? Source(SessionStage stage)
    {
        if (context.Agent.FailureSpeech is not { } speech)
            return null;
        if (speech.Recording is { } recording)
            return new RecordedText(recording);

        // Not made yet; the synthesizer may still be able to.
        return stage is SessionStage.TextToSpeech or SessionStage.RealtimeModel || context.Agent.TextToSpeech is null ? null : new SpokenText(speech.Text);
    }
}
