using System.Globalization;
using Agent.Pipeline.Turns.Events;

namespace Agent.Pipeline.Recordings;

/// <summary>Writes what has happened, for people.</summary>
internal static class InputText
{
    internal static string Describe(TurnEvent input) => input switch
    {
        TimerFired e => $"timer {e.Kind}",
        UserStarted e => $"user starts, spoke from {Seconds(e.At)}",
        UserStopped e => $"user stops, spoke until {Seconds(e.At)}",
        UserInterim e => $"hears \"{e.Text}\" …",
        UserFinal e => $"hears \"{e.Text}\"",
        UserTyped e => $"user types \"{e.Text}\"",
        SpeechRequested e => $"asked to speak: {e.Speech.Id}",
        SpeechAudible e => $"{e.SpeechId} is heard",
        SpeechReady e => $"{e.SpeechId} has sound",
        SpeechSuspended e => $"{e.SpeechId} waits for a tool",
        SpeechContinued e => $"{e.SpeechId} goes on",
        SpeechEnded e => $"{e.SpeechId} is over",
        DetectorAnswered e => string.Create(CultureInfo.InvariantCulture, $"detector says {e.Probability?.ToString("F2", CultureInfo.InvariantCulture) ?? "nothing"}"),
        RecogniserFlushed => "recogniser has answered",
        InterruptRequested { SpeechId: { } id } => $"asked to end {id}",
        ParticipantChanged e => e.Linked ? "somebody is there" : "nobody is there",
        _ => input.GetType().Name,
    };

    private static string Seconds(TimeSpan at) => at.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture);
}
