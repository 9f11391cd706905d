using Agent.Pipeline.Errors;
using Agent.Pipeline.History;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Turns;
using Agent.Testing;

namespace Agent.Conversations;

public class RandomConversationTests
{
    private const double Hour = 3_600;
    private const double Length = 600;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Conversation_AnHourAtRandom_KeepsItsPromisesAndIsTheSameTwice(int seed)
    {
        var play = Play(seed);
        var turns = play.Turns;
        Assert.True(turns.Count > 200, $"only {turns.Count} turns");
        Assert.Contains(turns, t => t.Outcome == SpeechOutcome.Interrupted);
        Assert.Contains(turns, t => t.Outcome == SpeechOutcome.Completed);
        Assert.Contains(turns, t => t.Decisions.Any(d => d.Kind == DecisionKind.Resumed));

        Assert.Equal(turns.Count, turns.Select(t => t.SpeechId).Distinct(StringComparer.Ordinal).Count());
        HoldsNothingUnheard(play);
        SpeaksOnlyWithASound(play);
        Assert.Equal(AgentState.Listening, play.AgentStates.Last(s => s.At < Hour).State);
        Assert.Equal(UserState.Away, play.Of<UserStateChanged>().Last().State);

        Assert.Equal(Trace(play), Trace(Play(seed)));
    }

    [Theory]
    [InlineData(1, EndpointingMode.Automatic)]
    [InlineData(2, EndpointingMode.VoiceActivity)]
    public void Conversation_AtRandomWithASpeechToSpeechModel_KeepsItsPromisesAndIsTheSameTwice(int seed, EndpointingMode mode)
    {
        var play = PlayRealtime(seed, mode);
        var turns = play.Turns;
        Assert.True(turns.Count > 40, $"only {turns.Count} turns");
        Assert.Contains(turns, t => t.Outcome == SpeechOutcome.Interrupted);
        Assert.Contains(turns, t => t.Outcome == SpeechOutcome.Completed);
        Assert.Contains(turns, t => t.Decisions.Any(d => d.Kind == DecisionKind.Resumed));

        Assert.True(play.Realtime!.Setups.Count > 3, $"only {play.Realtime.Setups.Count} connections");
        // Its words have no times: where they are in the sound is estimated by their length.
        Assert.All(turns, turn => Assert.True(Words(play, turn) * 0.3 <= (turn.Played.TotalSeconds * 1.5) + 0.75, $"{turn.SpeechId}: {Words(play, turn)} words in {turn.Played}"));
        SpeaksOnlyWithASound(play);
        Assert.Equal(AgentState.Listening, play.AgentStates.Last(s => s.At < Length).State);
        Assert.All(play.Result.History.Zip(play.Result.History.Skip(1)), pair => Assert.True(pair.First is not UserMessage || pair.First.At <= pair.Second.At));

        // What the model holds to be said is never more than what was heard.
        Assert.NotEmpty(play.Realtime.Truncated);
        Assert.All(play.Realtime.Truncated, cut => Assert.True(cut.Heard < TimeSpan.FromSeconds(16)));
        Assert.Equal(Trace(play), Trace(PlayRealtime(seed, mode)));
    }

    private static Screenplay PlayRealtime(int seed, EndpointingMode mode)
    {
        var play = new Screenplay();
        var model = play.UseRealtime();
        play.Options.Turns.Endpointing.Mode = mode;
        play.Options.MaxFailuresInARow = 100;
        RandomConversation.Fill(play, seed, Length - 60);
        for (var at = 100.0; at < Length - 100; at += 137)
            play.At(at, _ => model.Breaks(new ProviderException(model.Name, ProviderErrorKind.Connection, "The connection was lost.", isTransient: true)));
        return play.Play(Length);
    }

    private static void HoldsNothingUnheard(Screenplay play)
    {
        // Each word takes 0.3 s of sound and counts as heard from its middle on.
        foreach (var turn in play.Turns)
        {
            var words = Words(play, turn);
            Assert.True(words * 0.3 <= turn.Played.TotalSeconds + 0.16, $"{turn.SpeechId}: {words} words in {turn.Played}");
        }
    }

    private static int Words(Screenplay play, TurnEntry turn) =>
        play.Result.History.OfType<AgentMessage>().SingleOrDefault(m => m.Id == turn.SpeechId)?.Text.Split(' ').Length ?? 0;

    private static void SpeaksOnlyWithASound(Screenplay play)
    {
        var spoken = play.Room.Voice();
        foreach (var (at, _) in play.AgentStates.Where(s => s.State == AgentState.Speaking))
            Assert.True(spoken.Any(v => v.From < at + 0.05 && v.To > at), $"speaking at {at} without a sound:\n{Around(play, at)}");
    }

    private static string Around(Screenplay play, double at) => string.Join(
        '\n',
        play.Events.Where(e => Math.Abs(e.At.TotalSeconds - at) < 3).Select(e => $"{e.At.TotalSeconds:F3} {e}"));

    private static List<string> Trace(Screenplay play) =>
    [
        .. play.Events.Where(e => e is not SessionClosed).Select(e => e.ToString()),
        .. play.Room.Voice().Select(v => v.ToString()),
        .. play.History,
    ];

    private static Screenplay Play(int seed)
    {
        var play = new Screenplay();
        RandomConversation.Fill(play, seed, Hour - 60);
        return play.Play(Hour);
    }
}
