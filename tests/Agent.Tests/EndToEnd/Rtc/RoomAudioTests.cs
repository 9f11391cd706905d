using Agent.LiveKit.Rtc;

namespace Agent.Tests.EndToEnd.Rtc;

public sealed class RoomAudioTests(LiveKitServerFixture server) : RtcTest(server), IClassFixture<LiveKitServerFixture>
{
    [Fact]
    public async Task Audio_BothWaysAtATime_ArrivesAsItWasSent()
    {
        using var stop = new CancellationTokenSource(Limit);
        await using var low = new Voice(440, stop.Token);
        await using var high = new Voice(1_000, stop.Token);
        var heardByA = new TaskCompletionSource<RemoteAudioTrack>(TaskCreationOptions.RunContinuationsAsynchronously);
        var heardByB = new TaskCompletionSource<RemoteAudioTrack>(TaskCreationOptions.RunContinuationsAsynchronously);
        var a = await JoinAsync("a", room => room.TrackSubscribed += (_, e) => heardByA.TrySetResult((RemoteAudioTrack)e.Track));
        var b = await JoinAsync("b", room => room.TrackSubscribed += (_, e) => heardByB.TrySetResult((RemoteAudioTrack)e.Track));
        await low.PublishAsync(a, Limit);
        await high.PublishAsync(b, Limit);

        using var streamA = (await heardByA.Task.WaitAsync(Limit)).OpenStream();
        using var streamB = (await heardByB.Task.WaitAsync(Limit)).OpenStream();
        await Task.WhenAll(Tone.HearAsync(streamA, 1_000, stop.Token), Tone.HearAsync(streamB, 440, stop.Token));

        Assert.Equal(0, streamA.IrregularFrames + streamB.IrregularFrames);
        Assert.Equal(0, low.Source.FailedFrames + high.Source.FailedFrames);
    }

    [Fact]
    public async Task Audio_TwoStreamsOfOneTrack_EachHaveTheirOwnRate()
    {
        using var stop = new CancellationTokenSource(Limit);
        await using var voice = new Voice(440, stop.Token);
        var track = await HearAsync(voice);
        using var narrow = track.OpenStream(new AudioStreamOptions { SampleRateHz = 8_000 });
        using var wide = track.OpenStream(new AudioStreamOptions { SampleRateHz = 48_000 });
        await Task.WhenAll(Tone.HearAsync(narrow, 440, stop.Token), Tone.HearAsync(wide, 440, stop.Token));
    }

    [Fact]
    public async Task Mute_IsSeenAndHeardByTheOthersAndUndone()
    {
        using var stop = new CancellationTokenSource(Limit);
        await using var voice = new Voice(440, stop.Token);
        var muted = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var unmuted = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var track = await HearAsync(voice, room =>
        {
            room.TrackMuted += (_, e) => muted.TrySetResult(e.Publication.IsMuted);
            room.TrackUnmuted += (_, e) => unmuted.TrySetResult(e.Publication.IsMuted);
        });
        using var stream = track.OpenStream();
        await Tone.HearAsync(stream, 440, stop.Token);

        voice.Track.Mute();
        Assert.True(voice.Track.IsMuted);
        Assert.True(await muted.Task.WaitAsync(Limit));
        await Tone.HearSilenceAsync(stream, stop.Token);

        voice.Track.Unmute();
        Assert.False(await unmuted.Task.WaitAsync(Limit));
        await Tone.HearAsync(stream, 440, stop.Token);
    }

    [Fact]
    public async Task Clear_AfterTheWriterStopped_SilencesTheListener()
    {
        using var stop = new CancellationTokenSource(Limit);
        await using var voice = new Voice(440, stop.Token);
        var track = await HearAsync(voice);
        using var stream = track.OpenStream();
        await Tone.HearAsync(stream, 440, stop.Token);

        await voice.StopAsync();
        voice.Source.Clear();
        await Tone.HearSilenceAsync(stream, stop.Token);
    }

    [Fact]
    public async Task Unpublish_EndsTheStreamAndTheTrackCanComeAgain()
    {
        using var stop = new CancellationTokenSource(Limit);
        await using var voice = new Voice(440, stop.Token);
        var unpublished = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var again = new TaskCompletionSource<RemoteAudioTrack>(TaskCreationOptions.RunContinuationsAsynchronously);
        var track = await HearAsync(voice, room =>
        {
            room.TrackUnpublished += (_, _) => unpublished.TrySetResult();
            room.TrackSubscribed += (_, e) =>
            {
                if (unpublished.Task.IsCompleted)
                    again.TrySetResult((RemoteAudioTrack)e.Track);
            };
        });
        using var stream = track.OpenStream();
        await Tone.HearAsync(stream, 440, stop.Token);

        await voice.UnpublishAsync(Limit);
        await foreach (var frame in stream.ReadAsync(stop.Token))
            frame.Dispose();
        await unpublished.Task.WaitAsync(Limit);
        Assert.Throws<RoomException>(() => track.OpenStream());

        await voice.PublishAsync(voice.Room!, Limit);
        using var second = (await again.Task.WaitAsync(Limit)).OpenStream();
        await Tone.HearAsync(second, 440, stop.Token);
    }

    [Fact]
    public async Task AutoSubscribe_Off_ReceivesOnlyWhatIsAskedFor()
    {
        using var stop = new CancellationTokenSource(Limit);
        await using var voice = new Voice(440, stop.Token);
        var published = new TaskCompletionSource<RemoteTrackPublication>(TaskCreationOptions.RunContinuationsAsynchronously);
        var subscribed = new TaskCompletionSource<RemoteAudioTrack>(TaskCreationOptions.RunContinuationsAsynchronously);
        var unsubscribed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await JoinAsync(
            "b",
            room =>
            {
                room.TrackPublished += (_, e) => published.TrySetResult(e.Publication);
                room.TrackSubscribed += (_, e) => subscribed.TrySetResult((RemoteAudioTrack)e.Track);
                room.TrackUnsubscribed += (_, _) => unsubscribed.TrySetResult();
            },
            new RoomOptions { AutoSubscribe = false });
        await voice.PublishAsync(await JoinAsync("a"), limit: null);
        var publication = await published.Task.WaitAsync(Limit);
        Assert.False(publication.IsSubscribed);

        publication.SetSubscribed(true);
        using var stream = (await subscribed.Task.WaitAsync(Limit)).OpenStream();
        await Tone.HearAsync(stream, 440, stop.Token);

        publication.SetSubscribed(false);
        await unsubscribed.Task.WaitAsync(Limit);
        await foreach (var frame in stream.ReadAsync(stop.Token))
            frame.Dispose();
    }

    [Fact]
    public async Task ActiveSpeakers_WhoeverSpeaks_IsAmongThem()
    {
        using var stop = new CancellationTokenSource(Limit);
        await using var voice = new Voice(440, stop.Token);
        var speaks = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await HearAsync(voice, room => room.ActiveSpeakersChanged += (_, e) =>
        {
            if (e.Speakers.Any(speaker => speaker.Identity == "a" && speaker.IsSpeaking))
                speaks.TrySetResult();
        });
        await speaks.Task.WaitAsync(Limit);
    }

    private async Task<RemoteAudioTrack> HearAsync(Voice voice, Action<Room>? prepare = null)
    {
        var heard = new TaskCompletionSource<RemoteAudioTrack>(TaskCreationOptions.RunContinuationsAsynchronously);
        await JoinAsync("b", room =>
        {
            room.TrackSubscribed += (_, e) => heard.TrySetResult((RemoteAudioTrack)e.Track);
            prepare?.Invoke(room);
        });
        await voice.PublishAsync(await JoinAsync("a"), Limit);
        return await heard.Task.WaitAsync(Limit);
    }
}
