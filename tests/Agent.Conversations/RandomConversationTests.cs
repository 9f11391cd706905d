using Agent.Pipeline.History;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Turns;
using Agent.Testing;
using Microsoft.Extensions.AI;

namespace Agent.Conversations;

public class RandomConversationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Conversation_HalfAnHourAtRandom_KeepsItsPromisesAndIsTheSameTwice(int seed)
    {
        var play = Play(seed);
        var turns = play.Turns;
        Assert.True(turns.Count > 100, $"only {turns.Count} turns");
        Assert.Equal(turns.Count, turns.Select(t => t.SpeechId).Distinct(StringComparer.Ordinal).Count());
        Assert.Contains(turns, t => t.Outcome == SpeechOutcome.Interrupted);
        Assert.Contains(turns, t => t.Outcome == SpeechOutcome.Completed);
        Assert.Contains(turns, t => t.Decisions.Any(d => d.Kind == DecisionKind.Resumed));

        // Nothing in the history was not heard: each word takes 0.3 s of sound.
        foreach (var turn in turns)
        {
            var words = play.Result.History.OfType<AgentMessage>().SingleOrDefault(m => m.Id == turn.SpeechId)?.Text.Split(' ').Length ?? 0;
            Assert.True(words * 0.3 <= turn.Played.TotalSeconds + 0.16, $"{turn.SpeechId}: {words} words in {turn.Played}");
        }

        // The agent is never said to speak for long without a sound.
        var spoken = play.Room.Voice();
        foreach (var (at, _) in play.AgentStates.Where(s => s.State == AgentState.Speaking))
            Assert.Contains(spoken, v => v.From < at + 0.05 && v.To > at);

        Assert.Equal(Trace(play), Trace(Play(seed)));
    }

    private static List<string> Trace(Screenplay play) => [.. play.Events.Where(e => e is not SessionClosed).Select(e => e.ToString()), .. play.History];

    private static Screenplay Play(int seed)
    {
        var random = new Random(seed);
        var play = new Screenplay();
        string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => "abcdefgh"[..random.Next(2, 8)]));
        for (var at = 1.0; at < 1_790; at += 0.3 + random.NextDouble() * 10)
        {
            var length = 0.1 + random.NextDouble() * random.NextDouble() * 4;
            if (random.Next(5) == 0)
                play.User.Coughs(at, at + length);
            else
                play.User.Says(Words(1 + (int)(length * 3)), at, at + length);
            at += length;
        }

        play.Model.Answer = _ => [new TextContent(Words(random.Next(1, 30)) + ". " + Words(random.Next(1, 20)) + ".")];
        play.Options.Turns.UserAwayTimeout = TimeSpan.FromSeconds(6);
        return play.Play(1_800);
    }
}
