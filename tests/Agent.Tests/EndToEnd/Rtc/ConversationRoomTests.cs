using Agent.LiveKit.Rtc;
using Agent.LiveKit.Rtc.Conversation;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Turns;
using Kind = Agent.Protocol.ParticipantInfo.Types.Kind;

namespace Agent.Tests.EndToEnd.Rtc;

public sealed class ConversationRoomTests(LiveKitServerFixture server) : RtcTest(server), IClassFixture<LiveKitServerFixture>
{
    [Fact]
    public async Task Events_TellWhoIsThereComesTypesAndGoes()
    {
        using var stop = new CancellationTokenSource(Limit);
        await JoinAsync("early");
        await using var agent = await JoinAgentAsync(stop.Token);
        await using var events = agent.ReadEventsAsync(stop.Token).GetAsyncEnumerator(stop.Token);

        Assert.Equal("early", Assert.IsType<ParticipantJoined>(await NextAsync(events)).Participant.Identity);
        var late = await JoinAsync("late");
        Assert.Equal("late", Assert.IsType<ParticipantJoined>(await NextAsync(events)).Participant.Identity);
        await late.LocalParticipant.SendTextAsync("hello there", new TextStreamOptions { Topic = "lk.chat" });
        Assert.Equal(new TextReceived("late", "hello there"), await NextAsync(events));
        await late.DisposeAsync();
        Assert.Equal(new ParticipantLeft("late"), await NextAsync(events));

        await Service.DeleteRoomAsync(RoomName);
        Agent.Pipeline.Rooms.RoomEvent last;
        do
            last = await NextAsync(events);
        while (last is ParticipantLeft);
        Assert.Equal(nameof(DisconnectReason.RoomDeleted), Assert.IsType<RoomClosed>(last).Reason);
        Assert.False(await events.MoveNextAsync());
    }

    [Fact]
    public async Task Captions_AreStreamsAsWebClientsKnowThem()
    {
        using var stop = new CancellationTokenSource(Limit);
        var streams = System.Threading.Channels.Channel.CreateUnbounded<(string From, TextStreamInfo Info, string Text)>();
        await using var voice = new Voice(440, stop.Token);
        var person = await JoinAsync("person", room => room.RegisterTextStreamHandler("lk.transcription", async (reader, from, token) =>
            await streams.Writer.WriteAsync((from, reader.Info, await reader.ReadAllAsync(token)), token)));
        var microphone = await voice.PublishAsync(person, limit: null);
        await using var agent = await JoinAgentAsync(stop.Token);
        await WaitForAsync(agent.Room, () => agent.Room.RemoteParticipants["person"].TrackPublications.Count == 1);

        await agent.ShowAsync(new UserCaption("u1", "person", "hel", IsFinal: false), stop.Token);
        var interim = await streams.Reader.ReadAsync(stop.Token);
        await agent.ShowAsync(new UserCaption("u1", "person", "hello", IsFinal: true), stop.Token);
        var final = await streams.Reader.ReadAsync(stop.Token);
        Assert.Equal(("person", "hel"), (interim.From, interim.Text));
        Assert.Equal(("person", "hello"), (final.From, final.Text));
        Assert.Equal(("u1", "false"), (interim.Info.Attributes["lk.segment_id"], interim.Info.Attributes["lk.transcription_final"]));
        Assert.Equal(("u1", "true"), (final.Info.Attributes["lk.segment_id"], final.Info.Attributes["lk.transcription_final"]));
        Assert.Equal(microphone.Sid, final.Info.Attributes["lk.transcribed_track_id"]);

        await agent.ShowAsync(new AgentCaption("a1", "Good", IsFinal: false), stop.Token);
        await agent.ShowAsync(new AgentCaption("a1", " morning", IsFinal: false), stop.Token);
        await agent.ShowAsync(new AgentCaption("a1", "", IsFinal: true), stop.Token);
        await agent.ShowAsync(new AgentCaption("a2", "And on.", IsFinal: true), stop.Token);
        var first = await streams.Reader.ReadAsync(stop.Token);
        var second = await streams.Reader.ReadAsync(stop.Token);
        Assert.Equal(("agent", "Good morning"), (first.From, first.Text));
        Assert.Equal("a1", first.Info.Attributes["lk.segment_id"]);
        Assert.Equal(agent.Room.LocalParticipant.TrackPublications.Keys.Single(), first.Info.Attributes["lk.transcribed_track_id"]);
        Assert.Equal(("agent", "And on."), (second.From, second.Text));
    }

    [Fact]
    public async Task State_IsAnAttributeFromTheStart()
    {
        using var stop = new CancellationTokenSource(Limit);
        await using var agent = await JoinAgentAsync(stop.Token);
        var states = System.Threading.Channels.Channel.CreateUnbounded<string>();
        var person = await JoinAsync("person", room => room.ParticipantAttributesChanged += (_, e) => states.Writer.TryWrite(e.Participant.Attributes["lk.agent.state"]));
        Assert.Equal("initializing", person.RemoteParticipants["agent"].Attributes["lk.agent.state"]);
        foreach (var (state, name) in new[] { (AgentState.Listening, "listening"), (AgentState.Thinking, "thinking"), (AgentState.Speaking, "speaking"), (AgentState.Idle, "idle") })
        {
            await agent.ShowAsync(state, stop.Token);
            Assert.Equal(name, await states.Reader.ReadAsync(stop.Token));
        }
    }

    [Fact]
    public async Task ListenTo_GoesOnOverRepublishAndEndsAsTheParticipantLeaves()
    {
        using var stop = new CancellationTokenSource(Limit);
        await using var agent = await JoinAgentAsync(stop.Token);
        var person = await JoinAsync("person");
        await WaitForAsync(agent.Room, () => agent.Room.RemoteParticipants.ContainsKey("person"));
        await using var frames = agent.ListenTo("person").ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        await using var voice = new Voice(440, stop.Token);
        await voice.PublishAsync(person, Limit);
        var position = await HearAsync(frames, -1);
        await voice.UnpublishAsync(Limit);
        await voice.PublishAsync(person, Limit);
        await HearAsync(frames, position);

        await person.DisposeAsync();
        while (await frames.MoveNextAsync())
            frames.Current.Dispose();
        Assert.Throws<ArgumentException>(() => agent.ListenTo("person"));
    }

    [Fact]
    public async Task AudioOutput_WhatTheAgentSays_IsHeard()
    {
        using var stop = new CancellationTokenSource(Limit);
        var heard = new TaskCompletionSource<RemoteAudioTrack>(TaskCreationOptions.RunContinuationsAsynchronously);
        await JoinAsync("person", room => room.TrackSubscribed += (_, e) => heard.TrySetResult((RemoteAudioTrack)e.Track));
        await using var agent = await JoinAgentAsync(stop.Token);
        using var stream = (await heard.Task.WaitAsync(Limit)).OpenStream();
        var hearing = Tone.HearAsync(stream, 440, stop.Token);
        for (long at = 0; !hearing.IsCompleted; at += agent.AudioOutput.SampleRateHz / 100)
            await agent.AudioOutput.WriteAsync(Tone.Frame(440, agent.AudioOutput.SampleRateHz, at), stop.Token);
        await hearing;
        await agent.Room.DisconnectAsync();
        var error = await Assert.ThrowsAsync<RoomException>(async () => await agent.AudioOutput.WriteAsync(new short[agent.AudioOutput.SampleRateHz / 100], stop.Token));
        Assert.Equal(RoomErrorKind.Closed, error.Kind);
    }

    private static async Task<Agent.Pipeline.Rooms.RoomEvent> NextAsync(IAsyncEnumerator<Agent.Pipeline.Rooms.RoomEvent> events)
    {
        Assert.True(await events.MoveNextAsync(), "The events ended too early.");
        return events.Current;
    }

    /// <summary>Reads until half a second of the tone was heard; positions must grow by whole frames throughout.</summary>
    private static async Task<long> HearAsync(IAsyncEnumerator<Agent.Pipeline.Audio.AudioFrame> frames, long position)
    {
        var loud = 0;
        while (loud < 50)
        {
            Assert.True(await frames.MoveNextAsync(), "The voice ended too early.");
            using var frame = frames.Current;
            Assert.Equal(160, frame.Samples.Length);
            Assert.True(frame.Position > position, $"A frame at {frame.Position} came after one at {position}.");
            Assert.Equal(0, frame.Position % 160);
            position = frame.Position;
            loud += Tone.Share(frame.Samples.Span, 440, 16_000).IsLoud ? 1 : 0;
        }

        return position;
    }

    private static async Task WaitForAsync(Room room, Func<bool> condition)
    {
        var changed = new SemaphoreSlim(0);
        room.ParticipantConnected += (_, _) => changed.Release();
        room.TrackPublished += (_, _) => changed.Release();
        while (!condition())
            Assert.True(await changed.WaitAsync(Limit), "Nothing happened in the room.");
    }

    private Task<ConversationRoom> JoinAgentAsync(CancellationToken cancellationToken) =>
        ConversationRoom.JoinAsync(Server.Url.ToString(), Token("agent", Kind.Agent), loggerFactory: Logs, cancellationToken: cancellationToken);
}
