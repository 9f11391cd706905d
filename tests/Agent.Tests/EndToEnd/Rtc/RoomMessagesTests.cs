using System.Text;
using Agent.LiveKit.Rtc;

namespace Agent.Tests.EndToEnd.Rtc;

public sealed class RoomMessagesTests(LiveKitServerFixture server) : RtcTest(server), IClassFixture<LiveKitServerFixture>
{
    [Fact]
    public async Task TextStream_WrittenPieceByPiece_ArrivesPieceByPieceWithItsAttributes()
    {
        var pieces = new List<string>();
        var done = new TaskCompletionSource<(TextStreamInfo Info, string From)>(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await JoinAsync("b", room => room.RegisterTextStreamHandler("story", async (reader, from, token) =>
        {
            await foreach (var piece in reader.ReadAsync(token))
            {
                pieces.Add(piece);
                first.TrySetResult();
            }

            done.TrySetResult((reader.Info, from));
        }));
        var a = await JoinAsync("a");

        await using var writer = await a.LocalParticipant.OpenTextStreamAsync(new TextStreamOptions { Topic = "story", Attributes = new Dictionary<string, string> { ["mood"] = "fröhlich" } });
        await writer.WriteAsync("Es war einmal ");
        await first.Task.WaitAsync(Limit);
        await writer.WriteAsync("ein König 👑.");
        await writer.CloseAsync();

        var (info, from) = await done.Task.WaitAsync(Limit);
        Assert.Equal("Es war einmal ein König 👑.", string.Concat(pieces));
        Assert.Equal("a", from);
        Assert.Equal("fröhlich", info.Attributes["mood"]);
        Assert.Equal("story", info.Topic);
        Assert.Equal(writer.Info.StreamId, info.StreamId);
        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.WriteAsync("too late"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(200_000)]
    public async Task SendText_AnyLength_ArrivesWhole(int length)
    {
        var text = string.Create(length, 0, (span, _) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = (char)('a' + (i % 26));
        });
        var received = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await JoinAsync("b", room => room.RegisterTextStreamHandler("t", async (reader, _, token) => received.TrySetResult(await reader.ReadAllAsync(token))));
        var a = await JoinAsync("a");
        await a.LocalParticipant.SendTextAsync(text, new TextStreamOptions { Topic = "t" }).WaitAsync(Limit);
        Assert.Equal(text, await received.Task.WaitAsync(Limit));
    }

    [Fact]
    public async Task TextStreams_OpenedOneAfterAnother_BeginInThatOrder()
    {
        const int Count = 40;
        var begun = System.Threading.Channels.Channel.CreateUnbounded<string>();
        await JoinAsync("b", room => room.RegisterTextStreamHandler("t", async (reader, _, token) =>
        {
            begun.Writer.TryWrite(reader.Info.Attributes["number"]);
            await reader.ReadAllAsync(token);
        }));
        var a = await JoinAsync("a");
        for (var i = 0; i < Count; i++)
            await a.LocalParticipant.SendTextAsync("version", new TextStreamOptions { Topic = "t", Attributes = new Dictionary<string, string>(StringComparer.Ordinal) { ["number"] = $"{i}" } });
        using var stop = new CancellationTokenSource(Limit);
        for (var i = 0; i < Count; i++)
            Assert.Equal($"{i}", await begun.Reader.ReadAsync(stop.Token));
    }

    [Fact]
    public async Task SendText_ToSomebody_DoesNotReachTheOthers()
    {
        var b = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var c = new List<string>();
        await JoinAsync("b", room => room.RegisterTextStreamHandler("t", async (reader, _, token) => b.TrySetResult(await reader.ReadAllAsync(token))));
        var toC = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await JoinAsync("c", room => room.RegisterTextStreamHandler("t", async (reader, _, token) =>
        {
            c.Add(await reader.ReadAllAsync(token));
            toC.TrySetResult();
        }));
        var a = await JoinAsync("a");
        await a.LocalParticipant.SendTextAsync("for b", new TextStreamOptions { Topic = "t", DestinationIdentities = ["b"] });
        await a.LocalParticipant.SendTextAsync("for c", new TextStreamOptions { Topic = "t", DestinationIdentities = ["c"] });
        Assert.Equal("for b", await b.Task.WaitAsync(Limit));
        await toC.Task.WaitAsync(Limit);
        Assert.Equal(["for c"], c);
    }

    [Fact]
    public async Task ByteStream_WrittenAndSent_ArriveWhole()
    {
        var received = new List<(string Name, byte[] Content)>();
        var both = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await JoinAsync("b", room => room.RegisterByteStreamHandler("files", async (reader, _, token) =>
        {
            var content = await reader.ReadAllAsync(token);
            lock (received)
            {
                received.Add((reader.Info.Name, content));
                if (received.Count == 2)
                    both.TrySetResult();
            }
        }));
        var a = await JoinAsync("a");
        var content = new byte[100_000];
        new Random(6).NextBytes(content);

        await a.LocalParticipant.SendBytesAsync(content, new ByteStreamOptions { Topic = "files", Name = "sent" }).WaitAsync(Limit);
        await using (var writer = await a.LocalParticipant.OpenByteStreamAsync(new ByteStreamOptions { Topic = "files", Name = "written", TotalLength = content.Length }))
        {
            await writer.WriteAsync(content.AsMemory(0, 40_000));
            await writer.WriteAsync(content.AsMemory(40_000));
        }

        await both.Task.WaitAsync(Limit);
        Assert.Equal(["sent", "written"], received.Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.All(received, file => Assert.Equal(content, file.Content));
    }

    [Theory]
    [InlineData(true, 1_000)]
    [InlineData(false, 1_000)]
    [InlineData(true, 0)]
    public async Task Data_ReliableOrNot_ArrivesWithItsTopicAndSender(bool reliable, int length)
    {
        var received = new TaskCompletionSource<DataReceivedEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        await JoinAsync("b", room => room.DataReceived += (_, e) => received.TrySetResult(e));
        var a = await JoinAsync("a");
        var payload = new byte[length];
        new Random(7).NextBytes(payload);
        await a.LocalParticipant.PublishDataAsync(payload, "ping", reliable).WaitAsync(Limit);
        var data = await received.Task.WaitAsync(Limit);
        Assert.Equal(payload, data.Payload.ToArray());
        Assert.Equal("ping", data.Topic);
        Assert.Equal(reliable, data.IsReliable);
        Assert.Equal("a", data.Participant?.Identity);
    }

    [Fact]
    public async Task Data_FromTheServerApi_Arrives()
    {
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var received = new TaskCompletionSource<DataReceivedEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        await JoinAsync("b", room => room.DataReceived += (_, e) =>
        {
            if (e.Topic == "api")
                received.TrySetResult(e);
            else
                first.TrySetResult();
        });
        // The server keeps nothing for somebody whose data channel is not open yet; a packet that arrived shows that it is.
        var a = await JoinAsync("a");
        await a.LocalParticipant.PublishDataAsync(new byte[] { 1 }, "first");
        await first.Task.WaitAsync(Limit);

        await Service.SendDataAsync(new Agent.Protocol.SendDataRequest { Room = RoomName, Data = Google.Protobuf.ByteString.CopyFromUtf8("hello"), Topic = "api" });
        var data = await received.Task.WaitAsync(Limit);
        Assert.Equal("hello", Encoding.UTF8.GetString(data.Payload.Span));
        Assert.Null(data.Participant);
    }

    [Fact]
    public async Task Rpc_AnsweredRefusedAndUnknown_ComesBackAsItShould()
    {
        var b = await JoinAsync("b");
        b.LocalParticipant.RegisterRpcMethod("echo", (call, _) => Task.FromResult($"{call.CallerIdentity}: {call.Payload}"));
        b.LocalParticipant.RegisterRpcMethod("refuse", (_, _) => throw new RpcException(42, "not today", "come tomorrow"));
        b.LocalParticipant.RegisterRpcMethod("fail", (_, _) => throw new InvalidOperationException("a secret inside"));
        var a = await JoinAsync("a");
        var me = a.LocalParticipant;

        Assert.Equal("a: hi", await me.PerformRpcAsync("b", "echo", "hi").WaitAsync(Limit));
        var refused = await Assert.ThrowsAsync<RpcException>(() => me.PerformRpcAsync("b", "refuse", "").WaitAsync(Limit));
        Assert.Equal((42, "not today", "come tomorrow"), (refused.Code, refused.Message, refused.ErrorData));
        var failed = await Assert.ThrowsAsync<RpcException>(() => me.PerformRpcAsync("b", "fail", "").WaitAsync(Limit));
        Assert.Equal(RpcErrorCode.ApplicationError, failed.Code);
        Assert.DoesNotContain("secret", failed.Message, StringComparison.Ordinal);
        Assert.Equal(RpcErrorCode.UnsupportedMethod, (await Assert.ThrowsAsync<RpcException>(() => me.PerformRpcAsync("b", "nothing", "").WaitAsync(Limit))).Code);
        b.LocalParticipant.UnregisterRpcMethod("echo");
        Assert.Equal(RpcErrorCode.UnsupportedMethod, (await Assert.ThrowsAsync<RpcException>(() => me.PerformRpcAsync("b", "echo", "").WaitAsync(Limit))).Code);
    }

    [Fact]
    public async Task Attributes_MetadataAndName_AreSeenByTheOthersAndByUs()
    {
        var attributes = new TaskCompletionSource<IReadOnlyDictionary<string, string>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var metadata = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var name = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var removed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var b = await JoinAsync("b", room =>
        {
            room.ParticipantAttributesChanged += (_, e) =>
            {
                if (e.Participant.Attributes.ContainsKey("lk.agent.state"))
                    attributes.TrySetResult(e.Changed);
                else if (attributes.Task.IsCompleted)
                    removed.TrySetResult();
            };
            room.ParticipantMetadataChanged += (_, e) => metadata.TrySetResult(e.Participant.Metadata);
            room.ParticipantNameChanged += (_, e) => name.TrySetResult(e.Participant.Name);
        });
        var a = await JoinAsync("a");

        await a.LocalParticipant.SetAttributesAsync(new Dictionary<string, string> { ["lk.agent.state"] = "listening", ["other"] = "1" }).WaitAsync(Limit);
        Assert.Equal("listening", (await attributes.Task.WaitAsync(Limit))["lk.agent.state"]);
        await a.LocalParticipant.SetMetadataAsync("{\"x\":1}").WaitAsync(Limit);
        Assert.Equal("{\"x\":1}", await metadata.Task.WaitAsync(Limit));
        await a.LocalParticipant.SetNameAsync("Ada").WaitAsync(Limit);
        Assert.Equal("Ada", await name.Task.WaitAsync(Limit));
        await a.LocalParticipant.SetAttributesAsync(new Dictionary<string, string> { ["lk.agent.state"] = "" }).WaitAsync(Limit);
        await removed.Task.WaitAsync(Limit);
        Assert.Equal("1", b.RemoteParticipants["a"].Attributes["other"]);
    }

    [Fact]
    public async Task RoomMetadata_ChangedThroughTheServerApi_IsSeen()
    {
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var a = await JoinAsync("a", room => room.MetadataChanged += (_, _) => changed.TrySetResult());
        await Service.UpdateRoomMetadataAsync(RoomName, "tea");
        await changed.Task.WaitAsync(Limit);
        Assert.Equal("tea", a.Metadata);
        Assert.Equal(RoomName, a.Name);
    }

    [Fact]
    public async Task Handler_ThatThrows_DoesNotStopTheNextEvents()
    {
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var count = 0;
        await JoinAsync("b", room => room.DataReceived += (_, _) =>
        {
            if (++count == 1)
                throw new InvalidOperationException("a handler's mistake");
            second.TrySetResult();
        });
        var a = await JoinAsync("a");
        await a.LocalParticipant.PublishDataAsync(new byte[] { 1 });
        await a.LocalParticipant.PublishDataAsync(new byte[] { 2 });
        await second.Task.WaitAsync(Limit);
    }
}
