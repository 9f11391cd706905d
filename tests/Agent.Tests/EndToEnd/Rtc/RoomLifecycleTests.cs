using Agent.LiveKit.Api;
using Agent.LiveKit.Rtc;
using SimulateScenarioKind = Agent.LiveKit.Rtc.Native.Protocol.SimulateScenarioKind;

namespace Agent.Tests.EndToEnd.Rtc;

public sealed class RoomLifecycleTests(LiveKitServerFixture server) : RtcTest(server), IClassFixture<LiveKitServerFixture>
{
    [Fact]
    public async Task Join_SeesWhoIsThereAndWhoComesAndGoes()
    {
        var joined = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var a = await JoinAsync("a", room =>
        {
            room.ParticipantConnected += (_, e) => joined.TrySetResult(e.Participant.Identity);
            room.ParticipantDisconnected += (_, e) => left.TrySetResult(e.Participant.Identity);
        });
        var b = await JoinAsync("b");
        Assert.Equal(ConnectionState.Connected, b.ConnectionState);
        Assert.Equal("a", Assert.Single(b.RemoteParticipants).Key);
        Assert.Equal("b", await joined.Task.WaitAsync(Limit));
        await b.DisposeAsync();
        Assert.Equal("b", await left.Task.WaitAsync(Limit));
        Assert.Empty(a.RemoteParticipants);
    }

    [Fact]
    public async Task Disconnect_ByOurselves_IsClientInitiatedAndCallsFailAfterIt()
    {
        var told = new List<DisconnectReason>();
        var a = await JoinAsync("a", room => room.Disconnected += (_, e) => told.Add(e.Reason));
        await a.DisconnectAsync().WaitAsync(Limit);
        Assert.Equal(DisconnectReason.ClientInitiated, await a.Ended.WaitAsync(Limit));
        Assert.Equal([DisconnectReason.ClientInitiated], told);
        Assert.Equal(ConnectionState.Disconnected, a.ConnectionState);
        var error = await Assert.ThrowsAsync<RoomException>(() => a.LocalParticipant.SetNameAsync("x"));
        Assert.Equal(RoomErrorKind.Closed, error.Kind);
        await Assert.ThrowsAsync<RoomException>(() => a.LocalParticipant.SendTextAsync("x", new TextStreamOptions { Topic = "t" }));
        Assert.Throws<RoomException>(() => a.LocalParticipant.RegisterRpcMethod("m", (_, _) => Task.FromResult("")));
        await a.DisposeAsync();
    }

    [Fact]
    public async Task DuplicateIdentity_TheEarlierOneIsPutOut()
    {
        var first = await JoinAsync("same");
        await JoinAsync("same");
        Assert.Equal(DisconnectReason.DuplicateIdentity, await first.Ended.WaitAsync(Limit));
    }

    [Fact]
    public async Task RemovedThroughTheServerApi_SaysSo()
    {
        var a = await JoinAsync("a");
        await Service.RemoveParticipantAsync(RoomName, "a");
        Assert.Equal(DisconnectReason.ParticipantRemoved, await a.Ended.WaitAsync(Limit));
    }

    [Fact]
    public async Task RoomDeletedThroughTheServerApi_SaysSo()
    {
        var a = await JoinAsync("a");
        await Service.DeleteRoomAsync(RoomName);
        Assert.Equal(DisconnectReason.RoomDeleted, await a.Ended.WaitAsync(Limit));
    }

    [Fact]
    public async Task Connect_WithWhatTheServerRefuses_SaysWhatToDoWithoutTheToken()
    {
        var expired = new AccessToken(Server.ApiKey, Server.ApiSecret, new EarlierTime()) { Identity = "a", Ttl = TimeSpan.FromMinutes(1), Video = new VideoGrants { RoomJoin = true, Room = RoomName } }.ToJwt();
        var wrong = new AccessToken(Server.ApiKey, "another-secret-another-secret-another") { Identity = "a", Video = new VideoGrants { RoomJoin = true, Room = RoomName } }.ToJwt();
        foreach (var (token, hint) in new[] { (expired, "expired"), (wrong, "LIVEKIT_API_SECRET") })
        {
            var error = await Assert.ThrowsAsync<RoomException>(() => NewRoom().ConnectAsync(Server.Url.ToString(), token).WaitAsync(Limit));
            Assert.Equal(RoomErrorKind.Unauthorized, error.Kind);
            Assert.Contains(hint, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("eyJ", error.Message, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Server.Log.Lines, line => line.Contains(wrong[..40], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Connect_ToNobody_IsUnreachable()
    {
        var error = await Assert.ThrowsAsync<RoomException>(() => NewRoom(new RoomOptions { JoinRetries = 0 }).ConnectAsync("ws://127.0.0.1:1", Token("a")).WaitAsync(Limit));
        Assert.Equal(RoomErrorKind.Unreachable, error.Kind);
        Assert.True(error.IsTransient);
    }

    [Fact]
    public async Task Connect_Cancelled_LeavesNothingInTheRoom()
    {
        var handles = RtcRuntime.OpenHandles;
        using var cancel = new CancellationTokenSource();
        var room = NewRoom();
        var connecting = room.ConnectAsync(Server.Url.ToString(), Token("a"), cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        await room.DisposeAsync();
        Assert.InRange(RtcRuntime.OpenHandles, 0, long.MaxValue);
        Assert.Equal(ConnectionState.Disconnected, room.ConnectionState);
        Assert.True(handles >= 0);
    }

    [Fact]
    public async Task Dispose_InAHandler_Ends()
    {
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var b = await JoinAsync("b", room => room.RegisterTextStreamHandler("bye", async (_, _, _) =>
        {
            await room.DisposeAsync();
            left.TrySetResult();
        }));
        var a = await JoinAsync("a");
        await a.LocalParticipant.SendTextAsync("now", new TextStreamOptions { Topic = "bye" });
        await left.Task.WaitAsync(Limit);
        Assert.Equal(DisconnectReason.ClientInitiated, await b.Ended.WaitAsync(Limit));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reconnect_AfterALoss_GoesOnWhereItWas(bool isFull)
    {
        var scenario = isFull ? SimulateScenarioKind.SimulateFullReconnect : SimulateScenarioKind.SimulateSignalReconnect;
        using var stop = new CancellationTokenSource(Limit);
        await using var voice = new Voice(440, stop.Token);
        var reconnecting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reconnected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var republished = new TaskCompletionSource<LocalTrackRepublishedEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        var a = await JoinAsync("a", room =>
        {
            room.Reconnecting += (_, _) => reconnecting.TrySetResult();
            room.Reconnected += (_, _) => reconnected.TrySetResult();
            room.LocalTrackRepublished += (_, e) => republished.TrySetResult(e);
        });
        var tracks = System.Threading.Channels.Channel.CreateUnbounded<RemoteAudioTrack>();
        var b = await JoinAsync("b", room => room.TrackSubscribed += (_, e) => tracks.Writer.TryWrite((RemoteAudioTrack)e.Track));
        var publication = await voice.PublishAsync(a, Limit);
        var before = publication.Sid;
        using (var stream = (await tracks.Reader.ReadAsync(stop.Token)).OpenStream())
            await Tone.HearAsync(stream, 440, stop.Token);

        await a.SimulateAsync(scenario, stop.Token);
        await reconnecting.Task.WaitAsync(Limit);
        await reconnected.Task.WaitAsync(Limit);
        Assert.Equal(ConnectionState.Connected, a.ConnectionState);

        if (isFull)
        {
            var args = await republished.Task.WaitAsync(Limit);
            Assert.Same(publication, args.Publication);
            Assert.Equal(before, args.PreviousSid);
            Assert.NotEqual(before, publication.Sid);
            using var stream = (await tracks.Reader.ReadAsync(stop.Token)).OpenStream();
            await Tone.HearAsync(stream, 440, stop.Token);
        }
        else
        {
            Assert.Equal(before, publication.Sid);
            var track = (RemoteAudioTrack)b.RemoteParticipants["a"].TrackPublications[before].Track!;
            using var stream = track.OpenStream();
            await Tone.HearAsync(stream, 440, stop.Token);
        }

        await a.LocalParticipant.SetAttributesAsync(new Dictionary<string, string> { ["k"] = "after" }).WaitAsync(Limit);
        await voice.UnpublishAsync(Limit);
    }

    private sealed class EarlierTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddHours(-2);
    }
}
