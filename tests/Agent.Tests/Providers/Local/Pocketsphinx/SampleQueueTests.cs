using Agent.Providers.Connections;
using Agent.Providers.Local.Pocketsphinx;

namespace Agent.Tests.Providers.Local.Pocketsphinx;

public sealed class SampleQueueTests
{
    [Fact]
    public void Read_AfterWrites_GivesTheSamplesInOrder()
    {
        var queue = new SampleQueue(100_000);
        for (var i = 0; i < 300; i++)
            queue.Write([.. Enumerable.Range(i * 160, 160).Select(v => (short)v)]);

        var buffer = new short[1_000];
        for (var at = 0; at < 48_000;)
        {
            Assert.Equal(OutboxItem.Audio, queue.Read(buffer, out var count, out var position));
            Assert.Equal(at, position);
            for (var i = 0; i < count; i++)
                Assert.Equal((short)(at + i), buffer[i]);
            at += count;
        }

        Assert.Equal(0, queue.Dropped);
    }

    [Fact]
    public void Write_MoreThanFits_DropsTheOldestAndCountsThem()
    {
        var queue = new SampleQueue(400);
        queue.Write([.. Enumerable.Range(0, 1_000).Select(v => (short)v)]);
        queue.Write([.. Enumerable.Range(1_000, 100).Select(v => (short)v)]);

        var buffer = new short[1_000];
        queue.Read(buffer, out var count, out var position);

        Assert.Equal((400, 700L, 700L), (count, position, queue.Dropped));
        Assert.Equal((700, 1_099), (buffer[0], buffer[399]));
    }

    [Fact]
    public void Flush_BetweenWrites_IsReadInItsPlace()
    {
        var queue = new SampleQueue(1_000);
        queue.Write(new short[100]);
        queue.Flush();
        queue.Flush();
        queue.Write(new short[50]);
        var buffer = new short[1_000];

        var events = Enumerable.Range(0, 4).Select(_ => (queue.Read(buffer, out var count, out var position), count, position)).ToArray();

        Assert.Equal(
            [(OutboxItem.Audio, 100, 0L), (OutboxItem.Mark, 0, 100L), (OutboxItem.Mark, 0, 100L), (OutboxItem.Audio, 50, 100L)],
            events);
    }

    [Fact]
    public void Flush_ItsSamplesDropped_IsStillAnswered()
    {
        var queue = new SampleQueue(100);
        queue.Write(new short[50]);
        queue.Flush();
        queue.Write(new short[100]);
        queue.Write(new short[100]);

        Assert.Equal(OutboxItem.Mark, queue.Read(new short[10], out _, out _));
        Assert.Equal(OutboxItem.Audio, queue.Read(new short[10], out _, out var position));
        Assert.Equal(150, position);
    }

    [Fact]
    public async Task Close_WhileAReaderWaits_EndsIt()
    {
        var queue = new SampleQueue(100);
        var reading = Task.Factory.StartNew(() => queue.Read(new short[10], out _, out _), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        queue.Close();
        queue.Write(new short[10]);

        Assert.Equal(OutboxItem.Completed, await reading.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Write_SteadyState_AllocatesNothing()
    {
        var queue = new SampleQueue(16_000);
        var samples = new short[160];
        var buffer = new short[1_600];
        Cycle();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
            Cycle();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Cycle()
        {
            queue.Write(samples);
            queue.Read(buffer, out _, out _);
        }
    }
}
