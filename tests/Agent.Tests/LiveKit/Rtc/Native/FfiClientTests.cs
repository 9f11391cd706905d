using Agent.LiveKit.Rtc;
using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Protocol;
using Agent.Tests.EndToEnd;
using Agent.Tests.LiveKit.Rtc.Harness;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agent.Tests.LiveKit.Rtc.Native;

public class FfiClientTests
{
    private readonly FakeFfiLibrary _library = new();
    private readonly FfiClient _client;

    public FfiClientTests() => _client = new FfiClient(_library, NullLogger.Instance);

    [Fact]
    public async Task Call_AnswerBeforeTheRequestReturns_IsNotLost()
    {
        _library.Respond = request =>
        {
            _client.OnEvent(new FfiEvent { SetLocalName = new SetLocalNameCallback { AsyncId = request.SetLocalName.RequestAsyncId } }.ToByteArray());
            return new FfiResponse();
        };
        var call = _client.Call(id => new FfiRequest { SetLocalName = new SetLocalNameRequest { LocalParticipantHandle = 1, Name = "n", RequestAsyncId = id } });
        var answer = await call.Answer.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(call.Id, answer.SetLocalName.AsyncId);
        Assert.Equal(0, _client.PendingCalls);
    }

    [Fact]
    public void Call_Refused_ThrowsAndLeavesNothing()
    {
        _library.Respond = _ => null;
        using var handle = new FfiHandle(_library, 5);
        var error = Assert.Throws<RoomException>(() => _client.Call(id => new FfiRequest { Disconnect = new DisconnectRequest { RoomHandle = 5, RequestAsyncId = id } }, handle));
        Assert.Equal(RoomErrorKind.Refused, error.Kind);
        Assert.Equal(0, _client.PendingCalls);
        handle.Dispose();
        Assert.Equal(1, _library.Drops[5]);
    }

    [Fact]
    public void Call_HandleDisposedMeanwhile_IsDroppedOnlyAfterTheAnswer()
    {
        var handle = new FfiHandle(_library, 6);
        var call = _client.Call(id => new FfiRequest { Disconnect = new DisconnectRequest { RoomHandle = 6, RequestAsyncId = id } }, handle);
        handle.Dispose();
        Assert.DoesNotContain(6ul, _library.Drops.Keys);
        _client.OnEvent(new FfiEvent { Disconnect = new DisconnectCallback { AsyncId = call.Id } }.ToByteArray());
        Assert.Equal(1, _library.Drops[6]);
        Assert.Equal(0, _library.OpenHandles);
    }

    [Fact]
    public void Forget_UnansweredCall_LetsItsHandlesGo()
    {
        var handle = new FfiHandle(_library, 7);
        var call = _client.Call(id => new FfiRequest { Disconnect = new DisconnectRequest { RoomHandle = 7, RequestAsyncId = id } }, handle);
        handle.Dispose();
        _client.Forget(call);
        Assert.Equal(1, _library.Drops[7]);
        Assert.Equal(0, _client.PendingCalls);
    }

    [Fact]
    public void Consumed_Handle_IsNeverDropped()
    {
        var handle = new FfiHandle(_library, 8);
        handle.Consumed();
        handle.Dispose();
        Assert.Empty(_library.Drops);
        Assert.Equal(0, _library.OpenHandles);
    }

    [Fact]
    public void OnEvent_NobodyTakesIt_DropsWhatComesWithIt()
    {
        foreach (var (message, handles) in Unclaimed())
        {
            _client.OnEvent(message.ToByteArray());
            foreach (var handle in handles)
                Assert.Equal(1, _library.Drops[handle]);
        }
    }

    [Fact]
    public void OnEvent_FrameOfAnUnknownStream_IsDropped()
    {
        _client.OnEvent(Messages.AudioFrameMessageTests.Frame(99, 77, 1, 1, 16_000, 160).ToByteArray());
        Assert.Equal(1, _library.Drops[77]);
    }

    [Fact]
    public void OnEvent_Garbage_IsReportedAndNeverThrown()
    {
        var log = new TestLog();
        var client = new FfiClient(_library, log.CreateLogger("x"));
        var random = new Random(4);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(1, 40)];
            random.NextBytes(bytes);
            client.OnEvent(bytes);
        }

        Assert.NotEmpty(log.Lines);
    }

    [Fact]
    public void OnEvent_Panic_ReachesEverybody()
    {
        var sink = new Sink();
        _client.Route(1, sink);
        _client.OnEvent(new FfiEvent { Panic = new Panic { Message = "boom" } }.ToByteArray());
        Assert.Equal("boom", Assert.Single(sink.Messages).Panic.Message);
    }

    private static IEnumerable<(FfiEvent Message, ulong[] Handles)> Unclaimed()
    {
        yield return (Room(new RoomEvent { ParticipantConnected = new ParticipantConnected { Info = Participant(10) } }), [10]);
        yield return (Room(new RoomEvent { TrackPublished = new TrackPublished { ParticipantIdentity = "a", Publication = Publication(11) } }), [11]);
        yield return (Room(new RoomEvent { TrackSubscribed = new TrackSubscribed { ParticipantIdentity = "a", Track = Track(12) } }), [12]);
        yield return (new FfiEvent { PublishTrack = new PublishTrackCallback { AsyncId = 9_999, Publication = Publication(13) } }, [13]);
        yield return (new FfiEvent
        {
            Connect = new ConnectCallback
            {
                AsyncId = 9_998,
                Result = new ConnectCallback.Types.Result
                {
                    Room = new OwnedRoom { Handle = Handle(14), Info = RoomInfo() },
                    LocalParticipant = Participant(15),
                    Participants = { new ConnectCallback.Types.ParticipantWithTracks { Participant = Participant(16), Publications = { Publication(17) } } },
                },
            },
        }, [14, 15, 16, 17]);
        yield return (Room(new RoomEvent
        {
            DataPacketReceived = new DataPacketReceived
            {
                Kind = DataPacketKind.KindReliable,
                ParticipantIdentity = "a",
                User = new UserPacket { Data = new OwnedBuffer { Handle = Handle(18), Data = new BufferInfo { DataPtr = 1, DataLen = 1 } } },
            },
        }), [18]);
    }

    private static FfiEvent Room(RoomEvent message)
    {
        message.RoomHandle = 4_242;
        return new FfiEvent { RoomEvent = message };
    }

    private static FfiOwnedHandle Handle(ulong id) => new() { Id = id };

    private static OwnedTrackPublication Publication(ulong id) => new()
    {
        Handle = Handle(id),
        Info = new TrackPublicationInfo
        {
            Sid = "TR_x",
            Name = "n",
            Kind = Agent.LiveKit.Rtc.Native.Protocol.TrackKind.KindAudio,
            Source = Agent.LiveKit.Rtc.Native.Protocol.TrackSource.SourceMicrophone,
            Simulcasted = false,
            Width = 0,
            Height = 0,
            MimeType = "",
            Muted = false,
            Remote = true,
            EncryptionType = EncryptionType.None,
        },
    };

    private static OwnedTrack Track(ulong id) => new()
    {
        Handle = Handle(id),
        Info = new TrackInfo { Sid = "TR_x", Name = "n", Kind = Agent.LiveKit.Rtc.Native.Protocol.TrackKind.KindAudio, StreamState = StreamState.StateActive, Muted = false, Remote = true },
    };

    private static RoomInfo RoomInfo() => new()
    {
        Name = "r",
        Metadata = "",
        LossyDcBufferedAmountLowThreshold = 0,
        ReliableDcBufferedAmountLowThreshold = 0,
        EmptyTimeout = 0,
        DepartureTimeout = 0,
        MaxParticipants = 0,
        CreationTime = 0,
        NumParticipants = 0,
        NumPublishers = 0,
        ActiveRecording = false,
    };

    private static OwnedParticipant Participant(ulong id) => new() { Handle = Handle(id), Info = FakeParticipants.Info("a") };

    private sealed class Sink : IFfiEventSink
    {
        internal List<FfiEvent> Messages { get; } = [];

        public void Post(FfiEvent message) => Messages.Add(message);
    }
}
