using System.Collections.Concurrent;
using Agent.Pipeline.History;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Turns;
using Agent.Pipeline.Vad;
using Agent.Providers.Local.Dialogue;
using Agent.Providers.Local.Flite;
using Agent.Tests.EndToEnd;
using Agent.Tests.Pipeline.Harness;
using Agent.Tests.Providers.Local;

namespace Agent.Tests.Pipeline.Sessions;

/// <summary>Whole conversations on real time with real speech: Silero, pocketsphinx, the built-in dialogue and flite, in memory.</summary>
[Collection(nameof(RealTime))]
public sealed class RealAudioTests(LocalEngines engines) : IClassFixture<LocalEngines>
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Conversation_SpokenQuestionAndBargeIn_AreUnderstoodAnsweredAndObeyed()
    {
        using var model = SileroModel.Load();
        await using var voice = new FliteTextToSpeech("slt", new FliteOptions());
        await engines.Recogniser.Loaded;
        var room = new LoopbackRoom();
        var seen = new SeenEvents(room);
        var agent = new AgentDefinition
        {
            VoiceActivity = model,
            SpeechToText = engines.Recogniser,
            LanguageModel = new DialogueChatClient(TimeProvider.System),
            TextToSpeech = voice,
        };
        var options = new SessionOptions();

        // On a machine that is busy with other tests the recogniser takes its time.
        options.Turns.Endpointing.TranscriptTimeout = TimeSpan.FromSeconds(30);
        await using var session = new Session(agent, room, options);
        session.Observe(seen);
        var running = session.RunAsync(TestContext.Current.CancellationToken);

        await seen.UntilAsync<ParticipantLinked>(_ => true);
        room.Say(await LocalEngines.SayAsync("please tell me a long story.", "rms"));
        await seen.UntilAsync<AgentSpoke>(e => e.Caption.Delta.Contains("sea", StringComparison.Ordinal));
        room.Say(await LocalEngines.SayAsync("what time is it now please.", "rms"));
        await seen.UntilAsync<TurnEnded>(e => e.Entry.Outcome == SpeechOutcome.Completed);
        await session.CloseAsync();
        var result = await running.WaitAsync(s_limit, TestContext.Current.CancellationToken);

        Assert.Equal(SessionCloseReason.Requested, result.Reason);
        var messages = result.History;
        Assert.Contains("story", Assert.IsType<UserMessage>(messages[0]).Text, StringComparison.Ordinal);
        var story = Assert.IsType<AgentMessage>(messages[1]);
        Assert.True(story.Interrupted);
        Assert.StartsWith(story.Text, DialogueSkills.Story, StringComparison.Ordinal);
        Assert.Contains("what time is it", Assert.IsType<UserMessage>(messages[2]).Text, StringComparison.Ordinal);
        Assert.False(Assert.IsType<AgentMessage>(messages[3]).Interrupted);

        var turns = seen.Of<TurnEnded>().Select(e => e.Entry).ToList();
        Assert.Equal([SpeechOutcome.Interrupted, SpeechOutcome.Completed], turns.Select(t => t.Outcome));
        TestContext.Current.SendDiagnosticMessage($"{turns[0].Latency}; barge-in {turns[0].BargeInLatency}; {turns[1].Latency}");

        // Between the cut and the answer the agent makes no sound, but for the frame that was on its way.
        var cut = seen.When<TurnEnded>(e => e.Entry.Outcome == SpeechOutcome.Interrupted);
        var answered = seen.When<AgentStateChanged>(e => e.State == AgentState.Speaking && e.At > seen.Of<TurnEnded>().First().At);
        Assert.DoesNotContain(room.LoudAt, at => at > cut + TimeSpan.FromSeconds(0.05) && at < answered - TimeSpan.FromSeconds(0.05));
    }

    private sealed class SeenEvents(LoopbackRoom room) : ISessionObserver
    {
        private readonly ConcurrentQueue<(SessionEvent Event, TimeSpan At)> _events = new();
        private readonly ConcurrentQueue<(Func<SessionEvent, bool> Condition, TaskCompletionSource Met)> _waiting = new();

        public void OnEvent(SessionEvent sessionEvent)
        {
            _events.Enqueue((sessionEvent, room.Now));
            foreach (var (condition, met) in _waiting)
            {
                if (condition(sessionEvent))
                    met.TrySetResult();
            }
        }

        internal IEnumerable<T> Of<T>() => _events.Select(e => e.Event).OfType<T>();

        /// <summary>When something was first seen, on the room's clock.</summary>
        internal TimeSpan When<T>(Func<T, bool> condition) => _events.First(e => e.Event is T t && condition(t)).At;

        internal async Task UntilAsync<T>(Func<T, bool> condition)
            where T : SessionEvent
        {
            var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue((e => e is T t && condition(t), met));
            if (Of<T>().Any(condition))
                return;
            var done = await Task.WhenAny(met.Task, Task.Delay(s_limit, TimeProvider.System, TestContext.Current.CancellationToken));
            Assert.True(done == met.Task, $"no such {typeof(T).Name} within {s_limit}; seen were:\n{string.Join('\n', _events.Select(e => e.Event))}");
        }
    }
}
