using System.Diagnostics;
using Agent.WebRtc.Sctp;

namespace Agent.Tests.WebRtc.Sctp;

public class SctpAssociationTests
{
    [Fact]
    public void Connect_BothSides_ComesUp()
    {
        using var link = new Link();
        link.RunUntil(() => link.Left.IsUp && link.Right.IsUp);
        Assert.True(link.Left.OutgoingStreams > 100);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(70_000)]
    [InlineData(SctpAssociation.MaxMessageBytes)]
    public void Send_Message_ArrivesWhole(int length)
    {
        using var link = new Link();
        link.RunUntil(() => link.Left.IsUp && link.Right.IsUp);
        var message = Bytes(length, seed: 1);
        Assert.Equal(SctpSendResult.Accepted, link.Left.Association.Send(3, 51, message, ordered: true));
        link.RunUntil(() => link.Right.Received.Count == 1);
        Assert.Equal((3, 51u), (link.Right.Received[0].StreamId, link.Right.Received[0].PayloadProtocol));
        Assert.Equal(message, link.Right.Received[0].Message);
    }

    [Fact]
    public void Send_TooLargeForTheReceiver_IsDroppedAndReported()
    {
        using var link = new Link();
        link.RunUntil(() => link.Left.IsUp && link.Right.IsUp);
        link.Left.Association.Send(3, 53, new byte[SctpAssociation.MaxMessageBytes + 1], ordered: true);
        link.Left.Association.Send(3, 53, [7], ordered: true);
        link.RunUntil(() => link.Right.Received.Count == 1);
        Assert.Equal([3], link.Right.Dropped);
        Assert.Equal([7], link.Right.Received[0].Message);
    }

    [Fact]
    public void Send_OverALossyPath_ArrivesInOrder()
    {
        using var link = new Link(loss: 0.1, seed: 5);
        link.RunUntil(() => link.Left.IsUp && link.Right.IsUp);
        for (var i = 0; i < 50; i++)
            Assert.Equal(SctpSendResult.Accepted, link.Left.Association.Send(1, 53, Bytes(500, i), ordered: true));
        link.RunUntil(() => link.Right.Received.Count == 50);
        for (var i = 0; i < 50; i++)
            Assert.Equal(Bytes(500, i), link.Right.Received[i].Message);
    }

    [Fact]
    public void Send_FasterThanThePath_SaysFullThenWritable()
    {
        using var link = new Link();
        link.RunUntil(() => link.Left.IsUp && link.Right.IsUp);
        link.Hold = true;
        var message = new byte[100_000];
        var accepted = 0;
        while (link.Left.Association.Send(1, 53, message, ordered: true) == SctpSendResult.Accepted)
            Assert.True(++accepted < 1_000);
        link.Hold = false;
        link.RunUntil(() => link.Left.WritableCalls > 0 && link.Right.Received.Count == accepted);
    }

    [Fact]
    public void ResetStream_FromOneSide_IsSeenByBoth()
    {
        using var link = new Link();
        link.RunUntil(() => link.Left.IsUp && link.Right.IsUp);
        link.Left.Association.Send(5, 53, [1], ordered: true);
        link.RunUntil(() => link.Right.Received.Count == 1);
        Assert.True(link.Left.Association.ResetStream(5));
        link.RunUntil(() => link.Right.IncomingResets.Contains(5) && link.Left.OutgoingResets.Contains(5));
    }

    [Fact]
    public void Dispose_OfOneSide_EndsTheOther()
    {
        using var link = new Link();
        link.RunUntil(() => link.Left.IsUp && link.Right.IsUp);
        link.Left.Association.Dispose();
        link.RunUntil(() => link.Right.IsLost);
        Assert.False(link.Right.IsUp);
        Assert.Equal(SctpSendResult.Refused, link.Right.Association.Send(1, 53, [1], ordered: true));
    }

    [Fact]
    public void HandlePacket_RandomAndMutated_NeitherCrashesNorEndsTheAssociation()
    {
        using var link = new Link();
        link.RunUntil(() => link.Left.IsUp && link.Right.IsUp);
        link.Left.Association.Send(1, 53, Bytes(300, 1), ordered: true);
        link.RunUntil(() => link.Right.Received.Count == 1);
        var random = new Random(11);
        var seen = link.Seen.ToArray();
        for (var i = 0; i < 20_000; i++)
        {
            var packet = i % 2 == 0 ? Bytes(random.Next(1, 200), i) : (byte[])seen[random.Next(seen.Length)].Clone();
            packet[random.Next(packet.Length)] ^= (byte)random.Next(1, 256);
            link.Right.Association.HandlePacket(packet);
        }

        link.Right.Received.Clear();
        link.Left.Association.Send(1, 53, [42], ordered: true);
        link.RunUntil(() => link.Right.Received.Count == 1);
        Assert.Equal([42], link.Right.Received[0].Message);
    }

    private static byte[] Bytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Two associations and the path between them. usrsctp's clock is the machine's, so waiting for a retransmission takes real time.</summary>
    private sealed class Link : IDisposable
    {
        private readonly Random _random;
        private readonly double _loss;

        public Link(double loss = 0, int seed = 0)
        {
            _loss = loss;
            _random = new Random(seed);
            Left = new Side();
            Right = new Side();
            Left.Association.Connect();
            Right.Association.Connect();
        }

        public Side Left { get; }

        public Side Right { get; }

        public bool Hold { get; set; }

        public List<byte[]> Seen { get; } = [];

        public void RunUntil(Func<bool> condition)
        {
            var started = Stopwatch.GetTimestamp();
            while (!condition())
            {
                Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60), "The association did not get there within 60 s.");
                Left.Association.HandleTimers();
                Right.Association.HandleTimers();
                if (Hold)
                    continue;
                Carry(Left, Right);
                Carry(Right, Left);
            }
        }

        public void Dispose()
        {
            Left.Association.Dispose();
            Right.Association.Dispose();
        }

        private void Carry(Side from, Side to)
        {
            while (from.Outbox.TryDequeue(out var packet))
            {
                if (_random.NextDouble() < _loss)
                    continue;
                Seen.Add(packet);
                to.Association.HandlePacket(packet);
            }
        }
    }

    private sealed class Side : ISctpAssociationHandler
    {
        public Side() => Association = new SctpAssociation(5000, 5000, this);

        public SctpAssociation Association { get; }

        public Queue<byte[]> Outbox { get; } = [];

        public List<(ushort StreamId, uint PayloadProtocol, byte[] Message)> Received { get; } = [];

        public List<ushort> Dropped { get; } = [];

        public List<ushort> IncomingResets { get; } = [];

        public List<ushort> OutgoingResets { get; } = [];

        public bool IsUp => Association.IsUp;

        public bool IsLost { get; private set; }

        public int OutgoingStreams { get; private set; }

        public int WritableCalls { get; private set; }

        public void SendPacket(ReadOnlySpan<byte> packet) => Outbox.Enqueue(packet.ToArray());

        public void AssociationUp(int outgoingStreams) => OutgoingStreams = outgoingStreams;

        public void AssociationLost() => IsLost = true;

        public void MessageReceived(ushort streamId, uint payloadProtocol, ReadOnlySpan<byte> message) =>
            Received.Add((streamId, payloadProtocol, message.ToArray()));

        public void MessageDropped(ushort streamId) => Dropped.Add(streamId);

        public void IncomingStreamReset(ushort streamId) => IncomingResets.Add(streamId);

        public void OutgoingStreamReset(ushort streamId) => OutgoingResets.Add(streamId);

        public void Writable() => WritableCalls++;
    }
}
