using System.Globalization;
using Agent.Pipeline.History;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Turns;

namespace Agent.Testing;

/// <summary>What a test may expect of a conversation that was played; each can be followed by the next. They need no test framework: failing is throwing.</summary>
public static class ScreenplayAssertions
{
    /// <summary>The history is exactly this, line by line as in <see cref="Screenplay.History"/>.</summary>
    /// <exception cref="ScreenplayException">It is not.</exception>
    public static Screenplay ShouldHaveHistory(this Screenplay play, params string[] lines)
    {
        ArgumentNullException.ThrowIfNull(play);
        return play.Expect(play.History.SequenceEqual(lines, StringComparer.Ordinal), $"the history to be\n  {string.Join("\n  ", lines)}\nIt is\n  {string.Join("\n  ", play.History)}");
    }

    /// <summary>The agent was heard to say this, whatever the case and whatever else.</summary>
    /// <exception cref="ScreenplayException">It was not.</exception>
    public static Screenplay ShouldSay(this Screenplay play, string words) => play.Expect(HasSaid(play, words), $"the agent to say \"{words}\"");

    /// <summary>The agent was not heard to say this.</summary>
    /// <exception cref="ScreenplayException">It was.</exception>
    public static Screenplay ShouldNotSay(this Screenplay play, string words) => play.Expect(!HasSaid(play, words), $"the agent not to say \"{words}\"");

    /// <summary>The agent is in a state at a second.</summary>
    /// <exception cref="ScreenplayException">It is in another.</exception>
    public static Screenplay ShouldBe(this Screenplay play, AgentState state, double at)
    {
        ArgumentNullException.ThrowIfNull(play);
        var was = play.AgentStates.TakeWhile(change => change.At <= at).Select(change => (AgentState?)change.State).LastOrDefault() ?? AgentState.Initializing;
        return play.Expect(was == state, string.Create(CultureInfo.InvariantCulture, $"the agent to be {state} at {at} s; it is {was}"));
    }

    /// <summary>Nothing is heard of the agent from one second to another.</summary>
    /// <exception cref="ScreenplayException">Something is.</exception>
    public static Screenplay ShouldBeSilent(this Screenplay play, double from, double to) =>
        play.Expect(!IsHeard(play, from, to), string.Create(CultureInfo.InvariantCulture, $"the agent to be silent from {from} to {to} s"));

    /// <summary>Something is heard of the agent between one second and another.</summary>
    /// <exception cref="ScreenplayException">Nothing is.</exception>
    public static Screenplay ShouldSpeak(this Screenplay play, double from, double to) =>
        play.Expect(IsHeard(play, from, to), string.Create(CultureInfo.InvariantCulture, $"the agent to speak between {from} and {to} s"));

    /// <summary>Every answer to what the user said was first heard within a time of the end of the user's speech, and there was one.</summary>
    /// <exception cref="ScreenplayException">One took longer, or there was none.</exception>
    public static Screenplay ShouldAnswerWithin(this Screenplay play, double seconds)
    {
        ArgumentNullException.ThrowIfNull(play);
        var answers = play.Turns.Where(turn => turn is { Cause: SpeechCause.UserTurn, Latency.FirstAudioInRoom: not null }).Select(turn => turn.Latency.FirstAudioInRoom!.Value.TotalSeconds).ToList();
        play.Expect(answers.Count > 0, "an answer");
        return play.Expect(answers.Max() <= seconds, string.Create(CultureInfo.InvariantCulture, $"answers within {seconds} s; the slowest took {answers.Max():F2} s"));
    }

    /// <summary>A tool was called so many times.</summary>
    /// <exception cref="ScreenplayException">It was called more or fewer times.</exception>
    public static Screenplay ShouldCall(this Screenplay play, string tool, int times = 1)
    {
        ArgumentNullException.ThrowIfNull(play);
        var calls = play.Result.History.OfType<ToolCall>().Count(call => string.Equals(call.Name, tool, StringComparison.Ordinal));
        return play.Expect(calls == times, string.Create(CultureInfo.InvariantCulture, $"the tool {tool} to be called {times} times; it was called {calls} times"));
    }

    /// <summary>The ledger has a decision of a kind, with a reason where one is given.</summary>
    /// <exception cref="ScreenplayException">It has none.</exception>
    public static Screenplay ShouldDecide(this Screenplay play, DecisionKind kind, string? reason = null) =>
        play.Expect(HasDecided(play, kind, reason), $"the decision {kind}{(reason is null ? "" : $": {reason}")}");

    /// <summary>The ledger has no decision of a kind, or none with the reason that is given.</summary>
    /// <exception cref="ScreenplayException">It has one.</exception>
    public static Screenplay ShouldNotDecide(this Screenplay play, DecisionKind kind, string? reason = null) =>
        play.Expect(!HasDecided(play, kind, reason), $"no decision {kind}{(reason is null ? "" : $": {reason}")}");

    /// <summary>No engine, tool or room failed.</summary>
    /// <exception cref="ScreenplayException">One did.</exception>
    public static Screenplay ShouldNotFail(this Screenplay play)
    {
        ArgumentNullException.ThrowIfNull(play);
        return play.Expect(!play.Of<ProviderFailed>().Any() && play.Result.Reason != SessionCloseReason.Failed, "nothing to fail");
    }

    /// <summary>Whatever else a test wants to hold; the failure shows the conversation.</summary>
    /// <param name="play">The conversation.</param>
    /// <param name="holds">Whether it does.</param>
    /// <param name="expected">What was expected, as it follows on "Expected".</param>
    /// <exception cref="ScreenplayException">It does not hold.</exception>
    public static Screenplay Expect(this Screenplay play, bool holds, string expected)
    {
        ArgumentNullException.ThrowIfNull(play);
        return holds ? play : throw new ScreenplayException($"Expected {expected}\n\nThe conversation:\n{play.Transcript()}");
    }

    private static bool HasSaid(Screenplay play, string words) =>
        play.Result.History.OfType<AgentMessage>().Any(message => message.Text.Contains(words, StringComparison.OrdinalIgnoreCase));

    private static bool IsHeard(Screenplay play, double from, double to) => play.Room.Voice().Exists(voice => voice.From < to && voice.To > from);

    private static bool HasDecided(Screenplay play, DecisionKind kind, string? reason) => play.Events
        .SelectMany(happened => ScreenplayTranscript.Decisions(happened) ?? [])
        .Any(decision => decision.Kind == kind && (reason is null || string.Equals(decision.Reason, reason, StringComparison.Ordinal)));
}
