using System.Globalization;
using Agent.Pipeline.Turns;
using Agent.Pipeline.Turns.Effects;

namespace Agent.Pipeline.Recordings;

/// <summary>Writes what the turn machine wants done, completely and readably: two steps are the same when their effects read the same.</summary>
internal static class EffectText
{
    internal static string Describe(TurnEffect effect) => effect switch
    {
        StartTimer e => string.Create(CultureInfo.InvariantCulture, $"timer {e.Timer.Kind} #{e.Timer.Id} due {e.Timer.Due}"),
        StopTimer e => $"no timer {e.Kind}",
        FlushRecogniser e => string.Create(CultureInfo.InvariantCulture, $"ask recogniser #{e.Flush}"),
        AskDetector e => string.Create(CultureInfo.InvariantCulture, $"ask detector #{e.Question} {Describe(e.Turn)}"),
        DropQuestion e => string.Create(CultureInfo.InvariantCulture, $"drop question #{e.Question}"),
        ReportEndOfTurn e => $"end of turn {Describe(e.Turn)}",
        ReportTurnLimit e => string.Create(CultureInfo.InvariantCulture, $"limit reached, {e.Words} words, {Describe(e.Turn)}"),
        ReportUntranscribed e => $"nothing understood {Describe(e.Turn)}",
        WriteUserTurn e => $"write {(e.Typed ? "typed " : "")}{Describe(e.Turn)} \"{e.Text}\"",
        PrepareSpeech e => $"prepare {Describe(e.Speech)} \"{e.UserText}\"",
        DiscardSpeech e => $"discard {Describe(e.Speech)}",
        StartSpeech e => $"start {Describe(e.Speech)}",
        InterjectSpeech e => $"interject {Describe(e.Speech)}",
        ReturnSpeech e => $"return to {Describe(e.Speech)}",
        HoldSpeech e => $"hold {Describe(e.Speech)}",
        ReleaseSpeech e => $"release {Describe(e.Speech)}",
        StopSpeech e => $"stop {Describe(e.Speech)}{(e.ByUser ? " for the user" : "")}",
        ShowAgentState e => $"agent {e.State}",
        ShowUserState e => $"user {e.State}",
        NoteDecision e => $"{e.Kind}: {e.Reason}",
        _ => throw new InvalidOperationException($"No recording knows the effect {effect.GetType().Name}."),
    };

    private static string Describe(UserTurn turn) => string.Create(CultureInfo.InvariantCulture, $"user-{turn.Number}");

    private static string Describe(AgentSpeech speech)
    {
        var priority = speech.Priority == AgentSpeech.NormalPriority ? "" : string.Create(CultureInfo.InvariantCulture, $" priority {speech.Priority}");
        var phrase = speech.Text is null ? "" : $" \"{speech.Text}\"";
        return $"{speech.Id} ({speech.Cause}{priority}{(speech.IsProtected ? " protected" : "")}){phrase}";
    }
}
