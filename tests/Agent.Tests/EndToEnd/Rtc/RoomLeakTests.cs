using Agent.LiveKit.Rtc;

namespace Agent.Tests.EndToEnd.Rtc;

/// <summary>Rooms leave nothing behind. Alone, because threads and descriptors are counted for the whole process.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class RoomLeakTests(LiveKitServerFixture server) : RtcTest(server), IClassFixture<LiveKitServerFixture>
{
    [Fact]
    public async Task ManyRooms_AtATimeAndOneAfterTheOther_LeaveNothingBehind()
    {
        await RoundAsync(rooms: 8);
        var handles = RtcRuntime.OpenHandles;
        var (threads, descriptors) = (Threads(), Descriptors());
        for (var i = 0; i < 3; i++)
            await RoundAsync(rooms: 8);

        Assert.Equal(handles, RtcRuntime.OpenHandles);
        // Thread pools of both sides breathe; what leaks does so for each of the 24 rooms.
        Assert.InRange(Threads(), 0, threads + 20);
        Assert.InRange(Descriptors(), 0, descriptors + 20);
    }

    private static int Threads() => Directory.GetDirectories("/proc/self/task").Length;

    private static int Descriptors() => Directory.GetFileSystemEntries("/proc/self/fd").Length;

    private async Task RoundAsync(int rooms)
    {
        var joined = await Task.WhenAll(Enumerable.Range(0, rooms).Select(i => JoinOneAsync($"p{i}")));
        await joined[0].Room.LocalParticipant.SendTextAsync("x", new TextStreamOptions { Topic = "t" });
        foreach (var (room, source, track) in joined)
        {
            await room.DisposeAsync().AsTask().WaitAsync(Limit);
            await source.DisposeAsync();
            track.Dispose();
        }
    }

    private async Task<(Room Room, AudioSource Source, LocalAudioTrack Track)> JoinOneAsync(string identity)
    {
        var room = new Room(loggerFactory: Logs);
        room.RegisterTextStreamHandler("t", async (reader, _, token) => await reader.ReadAllAsync(token));
        room.TrackSubscribed += (_, e) => ((RemoteAudioTrack)e.Track).OpenStream();
        await room.ConnectAsync(Server.Url.ToString(), Token(identity)).WaitAsync(Limit);
        var source = new AudioSource();
        var track = LocalAudioTrack.Create("voice", source);
        await room.LocalParticipant.PublishTrackAsync(track).WaitAsync(Limit);
        await source.WriteAsync(new short[source.SampleRateHz / 100]);
        return (room, source, track);
    }
}
