using System.Collections.Concurrent;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;

namespace Agent.Tests.Providers.Matrix;

/// <summary>A session in a <see cref="LiveRoom"/>: somebody asks, waits for the answer, and speaks over it. Every wait has an end.</summary>
internal sealed class LiveConversation : ISessionObserver, IAsyncDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(10);

    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentQueue<SessionEvent> _events = new();
    private readonly Session _session;
    private readonly Task<SessionResult> _running;

    private LiveConversation(AgentDefinition agent, SessionOptions options)
    {
        _session = new Session(agent, Room, options);
        _session.Observe(this);
        _running = _session.RunAsync(_over.Token);
    }

    public LiveRoom Room { get; } = new();

    public IReadOnlyCollection<SessionEvent> Events => _events;

    public Session Session => _session;

    public static LiveConversation Start(AgentDefinition agent, SessionOptions options) => new(agent, options);

    /// <summary>Waits until the agent listens to the person.</summary>
    public async Task ListensAsync(TimeSpan limit, CancellationToken cancellationToken) =>
        _ = await SeeAsync(() => _events.OfType<ParticipantLinked>().Any() ? true : (bool?)null, limit, cancellationToken)
            ?? throw new TimeoutException($"The session listens to nobody after {limit.TotalSeconds} s.");

    /// <summary>Lets the person speak for a while.</summary>
    /// <returns>When the speech ended.</returns>
    public async Task<TimeSpan> SpeakAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        Room.Speak();
        await Task.Delay(duration, TimeProvider.System, cancellationToken);
        Room.Hush();
        return Room.Now;
    }

    /// <summary>Waits for the agent's voice.</summary>
    /// <returns>When it began; null when it did not within the limit.</returns>
    public Task<TimeSpan?> VoiceAfterAsync(TimeSpan time, TimeSpan limit, CancellationToken cancellationToken) =>
        SeeAsync(() => Room.Ear.FirstAfter(time), limit, cancellationToken);

    /// <summary>Speaks until the agent is silent.</summary>
    /// <returns>From the beginning of the speech to the agent's last sound; null when it was still heard after the limit.</returns>
    public async Task<TimeSpan?> BargeInAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var begun = Room.Now;
        Room.Speak();
        var silence = TimeSpan.FromMilliseconds(150);
        var last = await SeeAsync(
            () => Room.Ear.Last is { } sound && Room.Now - (sound > begun ? sound : begun) > silence ? sound : (TimeSpan?)null,
            limit + silence,
            cancellationToken);
        Room.Hush();
        return last is { } heard ? heard > begun ? heard - begun : TimeSpan.Zero : null;
    }

    /// <summary>Waits until a question has an answer that is not null.</summary>
    public async Task<T?> SeeAsync<T>(Func<T?> look, TimeSpan limit, CancellationToken cancellationToken)
        where T : struct
    {
        var end = Room.Now + limit;
        using var timer = new PeriodicTimer(s_look, TimeProvider.System);
        while (look() is var seen)
        {
            if (seen is not null || Room.Now > end)
                return seen;
            await timer.WaitForNextTickAsync(cancellationToken);
        }

        return null;
    }

    public void OnEvent(SessionEvent sessionEvent) => _events.Enqueue(sessionEvent);

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _running;
        await _session.DisposeAsync();
        _over.Dispose();
    }
}
