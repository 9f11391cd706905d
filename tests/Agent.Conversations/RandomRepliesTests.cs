using Agent.Pipeline.History;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Turns;
using Agent.Testing;
using Microsoft.Extensions.AI;

namespace Agent.Conversations;

/// <summary>Everything that makes the agent speak, at random and at once: answers in advance, slow tools that speak themselves, fillers, the application.</summary>
public class RandomRepliesTests
{
    private const double End = 1_800;

    private readonly List<SpeechHandle> _handles = [];

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Conversation_EverythingAtRandom_KeepsItsPromisesAndIsTheSameTwice(int seed, bool synthesize)
    {
        var play = Play(seed, synthesize);
        var turns = play.Turns;
        Assert.Contains(turns, t => t.Cause == SpeechCause.Filler);
        Assert.Contains(turns, t => t is { Cause: SpeechCause.Said, Outcome: SpeechOutcome.Interrupted });
        Assert.Contains(play.Of<PreemptiveReplyEnded>(), e => e.IsUsed);
        Assert.Contains(play.Of<PreemptiveReplyEnded>(), e => !e.IsUsed);
        Assert.Contains(play.Result.History, item => item is ToolCall);

        Assert.Equal(turns.Count, turns.Select(t => t.SpeechId).Distinct(StringComparer.Ordinal).Count());
        Assert.All(_handles, handle => Assert.NotNull(handle.Outcome));
        Assert.Empty(play.Of<ProviderFailed>());
        Assert.All(play.Result.History.OfType<AgentMessage>(), message =>
        {
            var played = turns.Single(t => t.SpeechId == message.Id).Played.TotalSeconds;
            Assert.True(message.Text.Split(' ').Length * 0.3 <= played + 0.16, $"{message.Id}: more in the history than in {played} s");
        });
        var voice = play.Room.Voice();
        Assert.All(
            play.AgentStates.Where(s => s.State == AgentState.Speaking),
            s => Assert.True(voice.Any(v => v.From < s.At + 0.05 && v.To > s.At), $"speaking at {s.At} without a sound"));
        Assert.Equal(AgentState.Listening, play.AgentStates.Last(s => s.At < End).State);

        Assert.Equal(Trace(play), Trace(Play(seed, synthesize)));
    }

    private Screenplay Play(int seed, bool synthesize)
    {
        _handles.Clear();
        var play = new Screenplay();
        RandomConversation.Fill(play, seed, End - 90);
        var random = new Random(seed);
        var talk = play.Model.Answer;
        play.Model.Answer = messages => messages[^1].Role != ChatRole.Tool && random.Next(3) == 0
            ? [.. random.Next(2) == 0 ? talk(messages) : [], new FunctionCallContent($"call-{random.Next()}", "work")]
            : talk(messages);
        play.Model.FirstToken = TimeSpan.FromSeconds(0.4);
        play.Options.Turns.MinGap = TimeSpan.FromSeconds(0.4);
        play.Options.Turns.Endpointing.MinDelay = TimeSpan.FromSeconds(0.8);
        play.Options.Turns.Preemptive.Synthesize = synthesize;
        play.Options.Turns.Fillers.Delay = TimeSpan.FromSeconds(0.6);
        play.Options.Turns.Fillers.Interval = TimeSpan.FromSeconds(1);
        play.Options.Turns.Fillers.Phrases = ["One moment.", "Still at it."];

        Session? session = null;
        play.At(0, s => session = s);
        play.Tools.Add(AIFunctionFactory.Create(
            async () =>
            {
                if (random.Next(3) == 0)
                    await Note(session!.Say("I am at work for you."));
                await Task.Delay(TimeSpan.FromSeconds(random.NextDouble() * 4), play.Time);
                return "done";
            },
            "work"));
        for (var at = 5.0; at < End - 90; at += random.NextDouble() * 20)
        {
            var kind = random.Next(6);
            var options = new SpeechOptions { AllowInterruption = random.Next(4) != 0, Priority = random.Next(3) * 5 };
            play.At(at, s => Act(s, kind, options, random));
        }

        return play.Play(End);
    }

    private void Act(Session session, int kind, SpeechOptions options, Random random)
    {
        switch (kind)
        {
            case 0: session.Interrupt(force: random.Next(2) == 0); break;
            case 1: _ = Note(session.GenerateReply(options: options)); break;
            case 2 when _handles.Count > 0: _handles[random.Next(_handles.Count)].Interrupt(force: random.Next(2) == 0); break;
            default: _ = Note(session.Say("The application has something to say.", options)); break;
        }
    }

    private SpeechHandle Note(SpeechHandle handle)
    {
        _handles.Add(handle);
        return handle;
    }

    private static List<string> Trace(Screenplay play) =>
    [
        .. play.Events.Where(e => e is not SessionClosed).Select(e => e is HistoryChanged { Item: ToolCall call } ? $"{e.At} {call.Id}" : e.ToString()),
        .. play.Room.Voice().Select(v => v.ToString()),
        .. play.History,
    ];
}
