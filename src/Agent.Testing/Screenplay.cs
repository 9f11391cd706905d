using Agent.Pipeline.EndOfTurn;
using Agent.Pipeline.History;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Turns;
using Microsoft.Extensions.AI;

namespace Agent.Testing;

/// <summary>A whole conversation on virtual time: a script goes in, what was seen and heard comes out.</summary>
public sealed class Screenplay : ISessionObserver
{
    private readonly VirtualWorld _world = new();
    private readonly List<(TimeSpan At, Action<Session> Do)> _cues = [];
    private readonly List<Task> _running = [];
    private Func<AgentDefinition, AgentDefinition> _cast = agent => agent;

    /// <summary>An empty stage: one user who says nothing, and engines with their default delays.</summary>
    public Screenplay()
    {
        User = new ScriptedUser();
        Room = new ScriptedRoom(_world.Time, User);
        Recogniser = new ScriptedRecogniser(_world.Time, () => Room.Listened);
        Model = new ScriptedModel(_world.Time);
        Synthesizer = new ScriptedSynthesizer(_world.Time);
    }

    /// <summary>What the user says and when.</summary>
    public ScriptedUser User { get; }

    /// <summary>The room: who comes and goes, and what was heard and shown in it.</summary>
    public ScriptedRoom Room { get; init; }

    /// <summary>How the user is understood.</summary>
    public ScriptedRecogniser Recogniser { get; init; }

    /// <summary>What judges whether the user is done; null leaves it to silence.</summary>
    public ITurnDetector? TurnDetector { get; set; }

    /// <summary>How the language model answers.</summary>
    public ScriptedModel Model { get; }

    /// <summary>How the agent's voice is made.</summary>
    public ScriptedSynthesizer Synthesizer { get; init; }

    /// <summary>A speech-to-speech model, which takes the place of <see cref="Recogniser"/>, <see cref="Model"/> and <see cref="Synthesizer"/>; null has those. <see cref="UseRealtime"/> makes one.</summary>
    public ScriptedRealtimeModel? Realtime { get; private set; }

    /// <summary>How the session behaves.</summary>
    public SessionOptions Options { get; init; } = new();

    /// <summary>What the agent says first; null says nothing.</summary>
    public string? Greeting { get; set; }

    /// <summary>What the model may call.</summary>
    public List<AITool> Tools { get; } = [];

    /// <summary>Whether the user is in the room from the beginning.</summary>
    /// <value>Default true.</value>
    public bool JoinsAtOnce { get; set; } = true;

    /// <summary>The conversation's clock.</summary>
    public ManualTimeProvider Time => _world.Time;

    /// <summary>Everything that happened, in order.</summary>
    public List<SessionEvent> Events { get; } = [];

    /// <summary>How the session ended; there after <see cref="Play"/>.</summary>
    public SessionResult Result { get; private set; } = null!;

    /// <summary>The agent's states, each with the second at which it began.</summary>
    public IEnumerable<(double At, AgentState State)> AgentStates => Of<AgentStateChanged>().Select(e => (e.At.TotalSeconds, e.State));

    /// <summary>The agent's turns as the ledger has them.</summary>
    public IReadOnlyList<TurnEntry> Turns => [.. Of<TurnEnded>().Select(e => e.Entry)];

    /// <summary>The conversation as the history has it, one line for each item: <c>user: …</c>, <c>agent: …</c> with a dash behind what was interrupted, <c>tool: name = result</c>.</summary>
    public IReadOnlyList<string> History =>
    [
        .. Result.History.Select(item => item switch
        {
            UserMessage m => $"user: {m.Text}",
            AgentMessage m => $"agent: {m.Text}{(m.Interrupted ? " –" : "")}",
            ToolCall c => $"tool: {c.Name} = {c.Result}",
            _ => item.ToString(),
        }),
    ];

    /// <summary>The captions of the agent one after another, with a bar behind each utterance.</summary>
    public string AgentCaptions => string.Concat(Room.Shown.Select(s => s.Shown).OfType<AgentCaption>().Select(c => c.IsFinal ? c.Delta + "|" : c.Delta));

    /// <summary>The events of one kind.</summary>
    public IEnumerable<T> Of<T>()
        where T : SessionEvent => Events.OfType<T>();

    /// <summary>
    /// Puts another agent on the stage than one that only has the engines of this screenplay: <c>play.Cast(agent => agent with { Instructions = … })</c>, or one of
    /// your own with the engines that are to be scripted taken from the one given. An engine of your own has to live on virtual time: it awaits
    /// nothing but what <see cref="Time"/> or a test's own code completes.
    /// </summary>
    public void Cast(Func<AgentDefinition, AgentDefinition> cast) => _cast = cast;

    /// <summary>The whole conversation to read: each line has the second, who, and what was said, shown or decided.</summary>
    public string Transcript() => ScreenplayTranscript.Write(this);

    /// <summary>Has the agent hear and speak with one scripted model.</summary>
    public ScriptedRealtimeModel UseRealtime() => Realtime = new ScriptedRealtimeModel(_world.Time, () => Room.Listened);

    /// <summary>Does something at a time.</summary>
    public void At(double seconds, Action<Session> action) => _cues.Add((TimeSpan.FromSeconds(seconds), action));

    /// <summary>Does something that takes time, beginning at a time.</summary>
    public void At(double seconds, Func<Session, Task> action) => At(seconds, (Action<Session>)(session => _running.Add(action(session))));

    /// <summary>Plays until a time, or until the session ends by itself.</summary>
    public Screenplay Play(double seconds)
    {
        Result = _world.Run(() => PlayAsync(TimeSpan.FromSeconds(seconds)), TimeSpan.FromSeconds(seconds + 100));
        return this;
    }

    void ISessionObserver.OnEvent(SessionEvent sessionEvent) => Events.Add(sessionEvent);

    private async Task<SessionResult> PlayAsync(TimeSpan length)
    {
        var agent = _cast(new AgentDefinition
        {
            Instructions = "You are a test.",
            Greeting = Greeting,
            VoiceActivity = new LoudnessModel(),
            TurnDetector = TurnDetector,
            SpeechToText = Realtime is null ? Recogniser : null,
            LanguageModel = Realtime is null ? Model : null,
            TextToSpeech = Realtime is null ? Synthesizer : null,
            RealtimeModel = Realtime,
            Tools = Tools,
        });
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
