using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;

namespace Agent.Pipeline.Listening;

/// <summary>Tells a recogniser's connection that is dead from one that has nothing to say. Guarded by its recogniser.</summary>
internal sealed class RecogniserWatch(ISpeechToText provider, RecogniserOptions options)
{
    private TimeSpan _speechBegunAt;
    private int _replacedInVain;

    private bool TellsWhileSpeaking => provider.Capabilities is { InterimResults: true, NeedsWholeSegments: false };

    /// <summary>A voice has begun.</summary>
    internal void SpeechBegins(TimeSpan now) => _speechBegunAt = now;

    /// <summary>A connection has sent something.</summary>
    internal void Heard() => _replacedInVain = 0;

    /// <summary>Why a connection that was given all the audio is to be given up; null while it is not.</summary>
    internal ProviderException? WhyDead(RecogniserConnection connection, bool isSpeaking, TimeSpan now)
    {
        var patience = options.AnswerTimeout * (TellsWhileSpeaking ? 1 : 3) * Math.Pow(2, Math.Min(_replacedInVain, 6));
        if (connection.WaitingSince is { } asked && now - asked >= patience)
            return Dead(connection, $"the last words did not come within {patience.TotalSeconds:0.##} s (Recogniser:AnswerTimeout)");

        var quietSince = _speechBegunAt > connection.HeardFromAt ? _speechBegunAt : connection.HeardFromAt;
        if (!isSpeaking || _replacedInVain > 0 || !TellsWhileSpeaking || now - quietSince < options.SilenceTimeout)
            return null;
        return Dead(connection, $"nothing came for {options.SilenceTimeout.TotalSeconds:0.##} s of speech (Recogniser:SilenceTimeout)");
    }

    private ProviderException Dead(RecogniserConnection connection, string what)
    {
        _replacedInVain++;
        var name = connection.Stream.ServedBy ?? provider.Name;
        return new ProviderException(name, ProviderErrorKind.Timeout, $"{name}: {what}; another connection takes over.", isTransient: true);
    }
}
