using Agent.Pipeline.History;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Turns;
using Microsoft.Extensions.AI;

namespace Agent.Tests.Pipeline.Harness;

/// <summary>A whole conversation on virtual time: a script goes in, what was seen and heard comes out.</summary>
internal sealed class Screenplay : ISessionObserver
{
    private readonly VirtualWorld _world = new();
    private readonly List<(TimeSpan At, Action<Session> Do)> _cues = [];
    private readonly List<Task> _running = [];

    internal Screenplay()
    {
        User = new ScriptedUser();
        Room = new ScriptedRoom(_world.Time, User);
        Recogniser = new ScriptedRecogniser(_world.Time, User);
        Model = new ScriptedModel(_world.Time);
        Synthesizer = new ScriptedSynthesizer(_world.Time);
    }

    internal ScriptedUser User { get; }

    internal ScriptedRoom Room { get; init; }

    internal ScriptedRecogniser Recogniser { get; init; }

    internal ScriptedModel Model { get; }

    internal ScriptedSynthesizer Synthesizer { get; init; }

    internal SessionOptions Options { get; } = new();

    internal string? Greeting { get; set; }

    internal List<AITool> Tools { get; } = [];

    internal bool JoinsAtOnce { get; set; } = true;

    internal ManualTimeProvider Time => _world.Time;

    internal List<SessionEvent> Events { get; } = [];

    internal SessionResult Result { get; private set; } = null!;

    internal IEnumerable<(double At, AgentState State)> AgentStates => Of<AgentStateChanged>().Select(e => (e.At.TotalSeconds, e.State));

    internal IReadOnlyList<TurnEntry> Turns => [.. Of<TurnEnded>().Select(e => e.Entry)];

    internal IReadOnlyList<string> History =>
    [
        .. Result.History.Select(item => item switch
        {
            UserMessage m => $"user: {m.Text}",
            AgentMessage m => $"agent: {m.Text}{(m.Interrupted ? " –" : "")}",
            ToolCall c => $"tool: {c.Name} = {c.Result}",
            _ => item.ToString(),
        }),
    ];

    internal string AgentCaptions => string.Concat(Room.Shown.Select(s => s.Shown).OfType<AgentCaption>().Select(c => c.IsFinal ? c.Delta + "|" : c.Delta));

    internal IEnumerable<T> Of<T>()
        where T : SessionEvent => Events.OfType<T>();

    /// <summary>Does something at a time.</summary>
    internal void At(double seconds, Action<Session> action) => _cues.Add((TimeSpan.FromSeconds(seconds), action));

    /// <summary>Does something that takes time, beginning at a time.</summary>
    internal void At(double seconds, Func<Session, Task> action) => At(seconds, (Action<Session>)(session => _running.Add(action(session))));

    /// <summary>Plays until a time, or until the session ends by itself.</summary>
    internal Screenplay Play(double seconds)
    {
        Result = _world.Run(() => PlayAsync(TimeSpan.FromSeconds(seconds)), TimeSpan.FromSeconds(seconds + 100));
        return this;
    }

    void ISessionObserver.OnEvent(SessionEvent sessionEvent) => Events.Add(sessionEvent);

    private async Task<SessionResult> PlayAsync(TimeSpan length)
    {
        var agent = new AgentDefinition
        {
            Instructions = "You are a test.",
            Greeting = Greeting,
            VoiceActivity = new LoudnessModel(),
            SpeechToText = Recogniser,
            LanguageModel = Model,
            TextToSpeech = Synthesizer,
            Tools = Tools,
        };
        await using var session = new Session(agent, Room, Options, _world.Time);
        session.Observe(this);
        if (JoinsAtOnce)
            Room.Join();
        var timers = _cues.ConvertAll(cue => _world.Time.CreateTimer(_ => cue.Do(session), null, cue.At, Timeout.InfiniteTimeSpan));
        await using var end = _world.Time.CreateTimer(_ => _ = session.CloseAsync(), null, length, Timeout.InfiniteTimeSpan);
        var result = await session.RunAsync(CancellationToken.None);
        foreach (var timer in timers)
            await timer.DisposeAsync();
        await Task.WhenAll(_running);
        return result;
    }
}
