using Agent.Pipeline.History;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Turns;
using Agent.Testing;

namespace Agent.Conversations;

public class RandomConversationTests
{
    private const double Hour = 3_600;

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

    private static void HoldsNothingUnheard(Screenplay play)
    {
        // Each word takes 0.3 s of sound and counts as heard from its middle on.
        foreach (var turn in play.Turns)
        {
            var words = play.Result.History.OfType<AgentMessage>().SingleOrDefault(m => m.Id == turn.SpeechId)?.Text.Split(' ').Length ?? 0;
            Assert.True(words * 0.3 <= turn.Played.TotalSeconds + 0.16, $"{turn.SpeechId}: {words} words in {turn.Played}");
        }
    }

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
