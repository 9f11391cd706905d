using System.Globalization;
using Agent.Pipeline.Ledger;

namespace Agent.Pipeline.Turns;

/// <summary>Phrases that cover the silence of an answer that takes long. Whether one is due follows from the rest of the state after every step.</summary>
internal static class Fillers
{
    internal static void Review(ref TurnStep step)
    {
        var due = Due(step);
        if (due is null)
            step.Stop(TurnTimerKind.Filler);
        else
            step.Keep(TurnTimerKind.Filler, due.Value);
    }

    internal static void OnDue(ref TurnStep step)
    {
        if (step.State.Current is not { } current)
            return;
        var number = step.State.LastFiller + 1;
        var phrases = step.Options.Fillers.Phrases;
        step.State = step.State with { LastFiller = number, Current = current with { Fillers = current.Fillers + 1 } };
        step.Note(DecisionKind.Spoke, "the answer takes long");
        AgentFloor.Interject(ref step, new AgentSpeech
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"filler-{number}"),
            Cause = SpeechCause.Filler,
            Text = phrases[(int)((number - 1) % phrases.Count)],
        });
    }

    /// <summary>The answer has sound: a phrase that nobody has heard yet would only keep it waiting.</summary>
    internal static void OnReady(ref TurnStep step, string id)
    {
        if (step.State is { Current: { Cause: SpeechCause.Filler, IsAudible: false }, Behind: [.., var answer] } && string.Equals(answer.Id, id, StringComparison.Ordinal))
            AgentFloor.Stop(ref step, step.State.Current.Id, force: false);
    }

    private static TimeSpan? Due(in TurnStep step)
    {
        var options = step.Options.Fillers;
        if (options.Delay == TimeSpan.Zero || options.Phrases.Count == 0 || step.State is not { BargeIn: null, RunOn: null, Turn.IsOpen: false })
            return null;
        return step.State.Current is { SilentSince: { } since, Cause: not (SpeechCause.Said or SpeechCause.Greeting or SpeechCause.Filler) } current && current.Fillers < options.MaxCount
            ? since + (current.Fillers == 0 ? options.Delay : options.Interval)
            : null;
    }
}
