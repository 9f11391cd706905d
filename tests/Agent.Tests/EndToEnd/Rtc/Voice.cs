using Agent.LiveKit.Rtc;

namespace Agent.Tests.EndToEnd.Rtc;

/// <summary>Somebody who hums one tone.</summary>
internal sealed class Voice : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly Task _playing;
    private LocalTrackPublication? _publication;

    internal Voice(double hz, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Source = new AudioSource();
        Track = LocalAudioTrack.Create("voice", Source);
        _playing = Task.Run(() => Tone.PlayAsync(Source, hz, _stop.Token), CancellationToken.None);
    }

    internal AudioSource Source { get; }

    internal LocalAudioTrack Track { get; }

    internal Room? Room { get; private set; }

    /// <summary>Publishes the voice; with a limit, waits for somebody to subscribe.</summary>
    internal async Task<LocalTrackPublication> PublishAsync(Room room, TimeSpan? limit)
    {
        Room = room;
        _publication = await room.LocalParticipant.PublishTrackAsync(Track).WaitAsync(TimeSpan.FromSeconds(60));
        if (limit is { } time)
            await _publication.FirstSubscription.WaitAsync(time);
        return _publication;
    }

    internal async Task UnpublishAsync(TimeSpan limit) => await Room!.LocalParticipant.UnpublishTrackAsync(_publication!).WaitAsync(limit);

    internal async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _playing;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        await Source.DisposeAsync();
        Track.Dispose();
    }
}
